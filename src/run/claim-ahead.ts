/** What is claimed ahead leaves within this; well below what the throttle lets go at once. */
const AHEAD_MS = 4;

/**
 * How many deliveries may be claimed before they have a place, so that the disk does not hold up the sockets: as
 * many as leave within a moment, at this rate and at the pace at which answers come. At a usual rate, or while a
 * provider takes its time, that is nobody: a claim that waits would be uncertain after a crash for nothing.
 */
export class ClaimAhead {
  readonly #most: number;
  #sinceMs = 0;
  #answers = 0;
  /** Answers within the last `AHEAD_MS`. */
  #lately = 0;

  /** @param concurrency requests at a time */
  constructor(concurrency: number) {
    this.#most = concurrency - 1;
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
    return Math.floor(Math.min(this.#most, this.#lately, (perSecond * AHEAD_MS) / 1_000));
  }
}
