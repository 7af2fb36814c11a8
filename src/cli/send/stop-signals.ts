import { EXIT } from '../exit-codes.js';

/** How the first and the second signal are heard. */
export interface StopSignals {
  /** Fires at the first SIGINT or SIGTERM. */
  readonly stop: AbortSignal;
  /** Puts the process's own behaviour back. */
  readonly close: () => void;
}

/** What to say, and how many requests are in flight. */
export interface StopWords {
  readonly stopping: () => void;
  readonly stoppedHard: () => void;
}

/**
 * First signal: no new permits, what is in flight finishes. Second: says how many become uncertain and ends the
 * process at once; what was in flight stays `sending` in the ledger, which the next run reads as uncertain.
 */
export function listenForStop(words: StopWords): StopSignals {
  const controller = new AbortController();
  const heard = (): void => {
    if (controller.signal.aborted) {
      words.stoppedHard();
      process.exit(EXIT.interrupted);
    }
    controller.abort();
    words.stopping();
  };
  process.on('SIGINT', heard);
  process.on('SIGTERM', heard);
  return {
    stop: controller.signal,
    close: () => {
      process.off('SIGINT', heard);
      process.off('SIGTERM', heard);
    },
  };
}
