import type { Campaign } from '../../core/campaign.js';
import type { Clock } from '../../core/clock.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import { forgetLearnedRate, keepLearnedRate, learnedRate } from '../../ledger/rates.js';
import { startingRatePerSecond } from '../../throttle/adaptive-rate.js';
import { PacedThrottle } from '../../throttle/throttle.js';

/** A throttle that starts with what earlier runs learned, and keeps what this one learns. */
export interface SenderThrottle {
  readonly throttle: PacedThrottle;
  /** Keeps the rate reached, and frees the timers. */
  readonly close: () => Promise<void>;
}

/** The throttle of a sender. */
export function senderThrottle(
  db: LedgerDatabase,
  sender: string,
  campaign: Campaign,
  clock: Clock,
): SenderThrottle {
  const learned = learnedRate(db, sender);
  const limitPerSecond = campaign.ratePerSecond;
  const startPerSecond =
    learned === null
      ? null
      : startingRatePerSecond(limitPerSecond, learned.ratePerSecond, clock.now() - learned.learnedAt);
  const throttle = new PacedThrottle({
    limitPerSecond,
    startPerSecond,
    clock,
    onCut: (perSecond) => keepLearnedRate(db, sender, perSecond, clock.now()),
  });
  return {
    throttle,
    close: async () => {
      const { currentPerSecond } = throttle.pace();
      if (currentPerSecond < limitPerSecond) keepLearnedRate(db, sender, currentPerSecond, clock.now());
      else if (learned !== null) forgetLearnedRate(db, sender);
      await throttle.close();
    },
  };
}
