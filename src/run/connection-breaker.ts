import type { Outcome } from '../core/outcome.js';
import type { Halt } from '../core/problem.js';

/** Failures in a row that halt a run, once they last for `HALT_AFTER_MS`. */
const HALT_AFTER_FAILURES = 5;
const HALT_AFTER_MS = 10_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 4_000;

/**
 * Watches connections that fail before anything is sent: pauses a little longer each time, so that a campaign
 * does not burn through its deliveries while the network is down, and halts when it does not come back.
 */
export class ConnectionBreaker {
  readonly #url: string;
  #failures = 0;
  #firstMs = 0;
  #pauses = 0;
  #pausedUntilMs = 0;
  #detail = '';

  /** @param url where the requests go, for the message */
  constructor(url: string) {
    this.#url = url;
  }

  /** Takes in an outcome at `nowMs` (monotonic). */
  record(outcome: Outcome, nowMs: number): void {
    if (outcome.kind !== 'not-sent' || outcome.onWire) {
      this.#failures = 0;
      this.#pauses = 0;
      return;
    }
    if (this.#failures === 0) this.#firstMs = nowMs;
    this.#failures += 1;
    this.#detail = outcome.answer.errorMessage ?? '';
    if (nowMs < this.#pausedUntilMs) return;
    this.#pausedUntilMs = nowMs + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#pauses);
    this.#pauses += 1;
  }

  /** How long to leave the provider alone. */
  pauseMs(nowMs: number): number {
    return this.#failures === 0 ? 0 : Math.max(0, this.#pausedUntilMs - nowMs);
  }

  /** While connections fail, one probe at a time is enough. */
  get failing(): boolean {
    return this.#failures > 0;
  }

  /** Why to stop, or null. */
  verdict(nowMs: number): Halt | null {
    if (this.#failures < HALT_AFTER_FAILURES || nowMs - this.#firstMs < HALT_AFTER_MS) return null;
    return { code: 'halt.unreachable', params: { url: this.#url, detail: this.#detail } };
  }
}
