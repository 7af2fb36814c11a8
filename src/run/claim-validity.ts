import type { Dispatch } from '../core/delivery.js';

/** Longest time from the claim to the request: after that the gates have to be asked again. */
export const LEAVES_WITHIN_MS = 500;

/**
 * Whether who was claimed may still leave. A claim looked at who was taken out, and the gates were asked before it;
 * both hold for a while only. Attempts are counted upwards, so one number tells the older ones from the younger.
 */
export class ClaimValidity {
  #cameMs = 0;
  #lastAttempt = 0;
  #letGoUpTo = 0;
  #timesLetGo = 0;

  /** To be called as a claim is asked for; `came` takes what comes back. */
  asked(): number {
    return this.#timesLetGo;
  }

  /** A claim is back, at `nowMs` (monotonic). Whom it brought is let go of if somebody was taken out meanwhile. */
  came(dispatches: readonly Dispatch[], asked: number, nowMs: number): void {
    this.#cameMs = nowMs;
    this.#lastAttempt = dispatches.at(-1)?.attemptId ?? this.#lastAttempt;
    if (asked !== this.#timesLetGo) this.#letGoUpTo = this.#lastAttempt;
  }

  /** Somebody was taken out: whoever was claimed before has to pass a new claim's look. */
  letGo(): void {
    this.#timesLetGo += 1;
    this.#letGoUpTo = this.#lastAttempt;
  }

  /** Whether nobody was taken out since this one was claimed. */
  holds({ attemptId }: Dispatch): boolean {
    return attemptId > this.#letGoUpTo;
  }

  /** Whether what the gates said before the last claim is still believed at `nowMs` (monotonic). */
  isFresh(nowMs: number): boolean {
    return nowMs - this.#cameMs <= LEAVES_WITHIN_MS;
  }
}
