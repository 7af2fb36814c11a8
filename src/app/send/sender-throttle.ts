import { LONGEST_RETRY_AFTER_MS } from '../../core/backoff.js';
import type { Campaign } from '../../core/campaign.js';
import { LedgerError, type Runs } from '../../core/ledger/ledger.js';
import type { AskedPause } from '../../core/ledger/runs.js';
import type { App, OpenThrottle } from '../app.js';

/** A throttle that starts with what earlier runs learned, and keeps what this one learns. */
export interface SenderThrottle {
  readonly throttle: OpenThrottle;
  /** Keeps the rate reached, and frees the timers. */
  readonly close: () => Promise<void>;
}

/** The throttle of a sender. */
export async function senderThrottle(
  runs: Runs,
  sender: string,
  { ratePerSecond: limitPerSecond, concurrency }: Pick<Campaign, 'ratePerSecond' | 'concurrency'>,
  { clock, throttle: begin }: Pick<App, 'clock' | 'throttle'>,
): Promise<SenderThrottle> {
  const learned = await runs.learnedRate(sender);
  // The age of what the provider taught, not of the last run: a rate that nothing confirms is forgotten in time.
  let learnedAt = learned?.learnedAt ?? clock.now();
  const throttle = await begin({
    limitPerSecond,
    learned:
      learned === null
        ? null
        : { ratePerSecond: learned.ratePerSecond, ageMs: clock.now() - learned.learnedAt },
    concurrency,
    pausedForMs: leftOf(await runs.pause(sender), clock.now()),
    onPaused: (pauseMs) => {
      const askedAt = clock.now();
      const pause = { askedAt, untilAt: askedAt + pauseMs };
      void advise(runs.keepPause(sender, pause, throttle.pace().currentPerSecond));
    },
    onCut: (perSecond) => {
      learnedAt = clock.now();
      void advise(runs.keepLearnedRate(sender, perSecond, learnedAt));
    },
  });
  return {
    throttle,
    close: async () => {
      const { currentPerSecond } = throttle.pace();
      if (currentPerSecond < limitPerSecond)
        await advise(runs.keepLearnedRate(sender, currentPerSecond, learnedAt));
      // A campaign that never asked for more than what was learned says nothing against it.
      else if (learned !== null && limitPerSecond > learned.ratePerSecond)
        await advise(runs.forgetLearnedRate(sender, clock.now()));
      await throttle.close();
    },
  };
}

/** How long is left of it, by a clock that was not set back behind the moment at which it was asked for. */
function leftOf(pause: AskedPause | null, at: number): number {
  if (pause === null || at < pause.askedAt) return 0;
  return Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, pause.untilAt - at));
}

/** Only advice for the next run: a ledger that cannot take it shows itself at the next claim. */
async function advise(written: Promise<void>): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
  }
}
