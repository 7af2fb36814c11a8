/** Share of the limit won back per second while well below the rate that was refused. */
const CLIMB_PER_SECOND = 0.01;
/** Share of the limit won back per second near that rate: there the provider is only probed. */
const PROBE_PER_SECOND = 0.0005;
/** "Near" begins here. */
const NEAR = 0.9;
/** The rate never falls below this share of the limit. */
const LOWEST = 1 / 256;

/**
 * The rate as it learns: halved when the provider throttles, climbing back additively while it accepts, slowly
 * near the rate that was last refused.
 */
export class AdaptiveRate {
  readonly limitPerSecond: number;
  #perSecond: number;
  #refusedAtPerSecond: number | null;
  #lastCutMs = Number.NEGATIVE_INFINITY;
  #lastClimbMs: number | null = null;

  constructor(limitPerSecond: number, learnedPerSecond: number | null) {
    this.limitPerSecond = limitPerSecond;
    this.#perSecond = Math.min(limitPerSecond, learnedPerSecond ?? limitPerSecond);
    this.#refusedAtPerSecond = this.#perSecond < limitPerSecond ? this.#perSecond : null;
  }

  get perSecond(): number {
    return this.#perSecond;
  }

  /**
   * The provider throttled. Answers to requests that had left before the last cut say nothing new: within
   * `holdMs` of a cut there is no second one.
   */
  cut(now: number, holdMs: number): void {
    if (now - this.#lastCutMs < holdMs) return;
    this.#lastCutMs = now;
    this.#refusedAtPerSecond = this.#perSecond;
    this.#perSecond = Math.max(this.#perSecond / 2, this.limitPerSecond * LOWEST);
    this.#lastClimbMs = null;
  }

  /** The provider took one at `now`: climb for the time since it last did, at most a second's worth. */
  climb(now: number): void {
    const sinceMs = this.#lastClimbMs === null ? 0 : Math.min(1000, now - this.#lastClimbMs);
    this.#lastClimbMs = now;
    if (this.#perSecond >= this.limitPerSecond) return;
    const near = this.#refusedAtPerSecond !== null && this.#perSecond >= this.#refusedAtPerSecond * NEAR;
    const share = near ? PROBE_PER_SECOND : CLIMB_PER_SECOND;
    this.#perSecond = Math.min(
      this.limitPerSecond,
      this.#perSecond + (this.limitPerSecond * share * sinceMs) / 1000,
    );
  }
}

const FRESH_MS = 60 * 60_000;
const FORGOTTEN_MS = 24 * 60 * 60_000;

/**
 * The rate to start with after an earlier run learned one `ageMs` ago: believed for an hour, then on a straight
 * line back to the limit, which it reaches after a day.
 */
export function startingRatePerSecond(
  limitPerSecond: number,
  learnedPerSecond: number,
  ageMs: number,
): number {
  if (learnedPerSecond >= limitPerSecond || ageMs >= FORGOTTEN_MS) return limitPerSecond;
  const doubt = Math.max(0, (ageMs - FRESH_MS) / (FORGOTTEN_MS - FRESH_MS));
  return learnedPerSecond + (limitPerSecond - learnedPerSecond) * doubt;
}
