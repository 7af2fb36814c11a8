/** Permits may lag behind the clock by this much and be caught up with; anything older is lost, not owed. */
const SLACK_MS = 19;

/**
 * The last word on the rate: permits accrue with a monotonic clock and are never saved up. After a stall of any
 * length no more goes out at once than one permit plus `SLACK_MS` worth (a GCRA whose tolerance is the slack), so
 * that within any second at most `rate × 1.019 + 1` permits are granted.
 */
export class Pacer {
  #ratePerSecond: number;
  #permits = 1;
  #at: number;

  /** @param now monotonic milliseconds */
  constructor(ratePerSecond: number, now: number) {
    this.#ratePerSecond = ratePerSecond;
    this.#at = now;
  }

  /** Most permits that are ever there. */
  get ceiling(): number {
    return 1 + (this.#ratePerSecond * SLACK_MS) / 1000;
  }

  /** Takes up to `max` whole permits that have accrued by `now`. */
  take(max: number, now: number): number {
    this.#accrue(now);
    const taken = Math.max(0, Math.min(max, Math.floor(this.#permits)));
    this.#permits -= taken;
    return taken;
  }

  /** Changes the rate from now on; what has accrued is kept up to the new ceiling. */
  setRate(ratePerSecond: number, now: number): void {
    this.#accrue(now);
    this.#ratePerSecond = ratePerSecond;
    this.#permits = Math.min(this.ceiling, this.#permits);
  }

  /** Milliseconds until so many permits are there (no more than the ceiling ever are), 0 when they are. */
  untilMs(permits: number, now: number): number {
    this.#accrue(now);
    return Math.max(0, ((permits - this.#permits) / this.#ratePerSecond) * 1000);
  }

  #accrue(now: number): void {
    const gained = ((now - this.#at) / 1000) * this.#ratePerSecond;
    this.#permits = Math.min(this.ceiling, this.#permits + gained);
    this.#at = now;
  }
}
