/** What is claimed ahead leaves within this, at the pace at which answers come. */
const AHEAD_MS = 20;
/** What is claimed ahead may leave all at once: this share of a second's permits hardly adds to the throttle's slack. */
const SHARE_OF_SECOND = 0.0026;
/** While answers come at less than this share of the rate, it is not the rate that holds them: permits are plenty. */
const FAR_BELOW = 0.5;
/** So many times what is under way, less one. */
const MOST_TIMES = 8;
/** A claim of fewer is not worth being uncertain about them after a crash. */
const LEAST = 16;

/**
 * How many deliveries may be claimed before they have a place, so that the disk does not hold up the sockets and a
 * commit serves many. At a usual rate, or while a provider takes its time, that is nobody: a claim that waits would be
 * uncertain after a crash for nothing.
 */
export class ClaimAhead {
  readonly #most: number;
  #sinceMs = 0;
  #answers = 0;
  /** Answers within the last `AHEAD_MS`. */
  #lately = 0;

  /** @param concurrency requests at a time */
  constructor(concurrency: number) {
    this.#most = MOST_TIMES * concurrency - 1;
  }

  /** A place was freed. */
  answered(): void {
    this.#answers += 1;
  }

  /** @param nowMs monotonic milliseconds */
  places(nowMs: number, perSecond: number): number {
    const tookMs = nowMs - this.#sinceMs;
    if (tookMs >= AHEAD_MS) {
      this.#lately = (this.#answers * AHEAD_MS) / tookMs;
      this.#answers = 0;
      this.#sinceMs = nowMs;
    }
    const unused = (FAR_BELOW * perSecond * AHEAD_MS) / 1000 - this.#lately;
    const allowed = Math.max(perSecond * SHARE_OF_SECOND, unused);
    const places = Math.floor(Math.min(this.#most, this.#lately, allowed));
    return places < LEAST ? 0 : places;
  }
}
