import { LONGEST_RETRY_AFTER_MS } from '../core/backoff.js';
import type { Outcome } from '../core/outcome.js';
import type { Halt } from '../core/problem.js';

/** Throttle answers within this came to requests that left together: one round. */
const ROUND_MS = 1_000;
/** Rounds without an acceptance that halt a run, once they last as long as a run waits for one `Retry-After`. */
const HALT_AFTER_ROUNDS = 5;
const HALT_AFTER_MS = LONGEST_RETRY_AFTER_MS;
const MINUTE_MS = 60_000;

/**
 * Watches for a provider that throttles and takes nothing any more. Throttling spends no attempt, so without this
 * a run would go on asking for ever, at the lowest rate, with nobody told.
 */
export class ThrottleBreaker {
  #rounds = 0;
  #firstMs = 0;
  #lastRoundMs = 0;

  /**
   * Takes in an outcome at `nowMs` (monotonic): why to stop, or null. Only a definite answer about a message
   * (accepted, refused) shows that the provider works again.
   */
  record(outcome: Outcome, nowMs: number): Halt | null {
    if (outcome.kind === 'accepted' || outcome.kind === 'refused') this.forget();
    if (outcome.kind !== 'deferred' || !outcome.throttled) return null;
    if (this.#rounds === 0) this.#firstMs = nowMs;
    if (this.#rounds === 0 || nowMs - this.#lastRoundMs >= ROUND_MS) {
      this.#rounds += 1;
      this.#lastRoundMs = nowMs;
    }
    const lastedMs = nowMs - this.#firstMs;
    if (this.#rounds < HALT_AFTER_ROUNDS || lastedMs < HALT_AFTER_MS) return null;
    const { errorMessage, errorCode, httpStatus } = outcome.answer;
    const detail = errorMessage ?? errorCode ?? `HTTP ${httpStatus}`;
    return { code: 'halt.throttled', params: { minutes: Math.floor(lastedMs / MINUTE_MS), detail } };
  }

  /** The run waits for something else: what was throttled before says nothing about afterwards. */
  forget(): void {
    this.#rounds = 0;
  }
}
