import type { Campaign } from '../../core/campaign.js';
import type { Clock } from '../../core/clock.js';
import { sqliteCode } from '../../ledger/ledger-problem.js';
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
  // The age of what the provider taught, not of the last run: a rate that nothing confirms is forgotten in time.
  let learnedAt = learned?.learnedAt ?? clock.now();
  const startPerSecond =
    learned === null
      ? null
      : startingRatePerSecond(limitPerSecond, learned.ratePerSecond, clock.now() - learned.learnedAt);
  const throttle = new PacedThrottle({
    limitPerSecond,
    startPerSecond,
    concurrency: campaign.concurrency,
    clock,
    onCut: (perSecond) => {
      learnedAt = clock.now();
      advise(() => keepLearnedRate(db, sender, perSecond, learnedAt));
    },
  });
  return {
    throttle,
    close: async () => {
      const { currentPerSecond } = throttle.pace();
      if (currentPerSecond < limitPerSecond)
        advise(() => keepLearnedRate(db, sender, currentPerSecond, learnedAt));
      // A campaign that never asked for more than what was learned says nothing against it.
      else if (learned !== null && limitPerSecond > learned.ratePerSecond)
        advise(() => forgetLearnedRate(db, sender));
      await throttle.close();
    },
  };
}

/** Only advice for the next run: a ledger that cannot take it shows itself at the next claim. */
function advise(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (sqliteCode(error) === null) throw error;
  }
}
