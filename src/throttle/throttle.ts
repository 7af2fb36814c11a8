import Bottleneck from 'bottleneck';
import { LONGEST_RETRY_AFTER_MS } from '../core/backoff.js';
import type { Clock } from '../core/clock.js';
import type { Pace, Throttle } from '../core/ports.js';
import { AdaptiveRate } from './adaptive-rate.js';
import { Pacer } from './pacer.js';

/**
 * Permits are waited for nearly as long as the pacer keeps them, so that several leave together: each grant wakes threads.
 * A timer may be late by this before a permit is lost.
 */
const LATE_MS = 2.5;
/**
 * One job of Bottleneck stands for the permits of this long. A job per grant would cost 0.95 ms of processor, four
 * times the timer itself (bottleneck 2.19.5, 63 jobs/s, measured).
 */
const LEASE_MS = 500;
/** A lease is a bound behind the pacer, not a second meter: the next one is asked for at a grant, so much later. */
const LEASE_MARGIN_MS = 60;
/** Bottleneck goes by the wall clock, which may be set back by hours: it is waited for no longer than this. */
const OVERDUE_MS = 2 * LEASE_MS;
/** Until Bottleneck is asked again for a lease that should be there. */
const LEASE_RETRY_MS = 14;
/** Longest single wait, so that a change of the rate is heard. */
const LONGEST_WAIT_MS = 1_000;
/** Pause after a throttle answer without Retry-After. */
const DEFAULT_PAUSE_MS = 2_000;
/** By so much has a pause to become longer for somebody to be told: all that is in flight asks for nearly the same. */
const WORTH_TELLING_MS = 1_000;
/** Answers still in flight when the rate was cut arrive within this. */
const SETTLE_AFTER_CUT_MS = 1_000;

/** What a throttle is made from. */
export interface ThrottleOptions {
  readonly limitPerSecond: number;
  /** Rate to start with, learned by an earlier run; null: the limit. */
  readonly startPerSecond: number | null;
  /** Requests at a time: a grant of more would have to wait for slots. */
  readonly concurrency: number;
  readonly clock: Clock;
  /** What is left of a wait that the provider asked an earlier run for; left out: nothing. */
  readonly pausedForMs?: number;
  /** Told when the learned rate went down. */
  readonly onCut?: (perSecond: number) => void;
  /** Told when the provider asked for a wait, or for one that ends later. */
  readonly onPaused?: (pauseMs: number) => void;
}

/**
 * The one owner of the rate, asked right before the socket. Bottleneck leases the permits of half a second at a time;
 * within a lease the pacer counts on a monotonic clock what may really go. Each bounds what the other lets out.
 */
export class PacedThrottle implements Throttle {
  readonly #options: ThrottleOptions;
  readonly #rate: AdaptiveRate;
  readonly #pacer: Pacer;
  #limiter = leasing();
  /** Permits that are left of what Bottleneck let go. */
  #leased: number;
  #leasedAtMs: number;
  #pausedUntilMs: number | null = null;

  constructor(options: ThrottleOptions) {
    this.#options = options;
    this.#rate = new AdaptiveRate(options.limitPerSecond, options.startPerSecond);
    const now = options.clock.monotonicMs();
    this.#pacer = new Pacer(this.#rate.perSecond, now);
    this.#leased = this.#permitsOfLease();
    this.#leasedAtMs = now;
    const { pausedForMs = 0 } = options;
    if (pausedForMs > 0) this.#pausedUntilMs = now + pausedForMs;
  }

  async take(most: () => number, signal: AbortSignal): Promise<number> {
    const { clock } = this.#options;
    let waited = false;
    while (!signal.aborted) {
      const pausedMs = this.#pausedForMs();
      if (pausedMs > 0) {
        await clock.sleep(pausedMs, signal);
        continue;
      }
      if (this.#leased < this.#permitsOfGrant() && !(await this.#lease(signal))) continue;
      // A timer may be early by a fraction: what was waited for once is not waited for again.
      const together = waited ? 1 : Math.max(1, Math.min(this.#permitsOfGrant(), most()));
      const nextMs = this.#pacer.untilMs(together, clock.monotonicMs());
      if (nextMs > 0) {
        waited = true;
        await clock.sleep(Math.min(LONGEST_WAIT_MS, Math.ceil(nextMs)), signal);
        continue;
      }
      const asked = Math.min(most(), this.#leased);
      if (asked < 1) return 0;
      const taken = this.#pacer.take(asked, clock.monotonicMs());
      this.#leased -= taken;
      if (taken > 0) return taken;
    }
    return 0;
  }

  untilNextMs(): number {
    return Math.max(this.#pausedForMs(), this.#pacer.untilMs(1, this.#options.clock.monotonicMs()));
  }

  throttled(retryAfterMs: number | null): void {
    const now = this.#options.clock.monotonicMs();
    const pauseMs = Math.min(retryAfterMs ?? DEFAULT_PAUSE_MS, LONGEST_RETRY_AFTER_MS);
    const longerMs = now + pauseMs - (this.#pausedUntilMs ?? 0);
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs ?? 0, now + pauseMs);
    const before = this.#rate.perSecond;
    this.#rate.cut(now, pauseMs + SETTLE_AFTER_CUT_MS);
    if (this.#rate.perSecond !== before) this.#options.onCut?.(this.#rate.perSecond);
    if (retryAfterMs !== null && longerMs >= WORTH_TELLING_MS) this.#options.onPaused?.(pauseMs);
    this.#applyRate(now);
  }

  accepted(): void {
    if (this.#rate.perSecond >= this.#rate.limitPerSecond) return;
    const now = this.#options.clock.monotonicMs();
    this.#rate.climb(now);
    this.#applyRate(now);
  }

  pace(): Pace {
    return {
      limitPerSecond: this.#rate.limitPerSecond,
      currentPerSecond: this.#rate.perSecond,
      pausedUntilMs: this.#pausedForMs() > 0 ? this.#pausedUntilMs : null,
    };
  }

  /** Lets go of Bottleneck; it has no timer of its own by then. */
  close(): Promise<void> {
    return this.#limiter.disconnect();
  }

  #pausedForMs(): number {
    if (this.#pausedUntilMs === null) return 0;
    return Math.max(0, this.#pausedUntilMs - this.#options.clock.monotonicMs());
  }

  #applyRate(now: number): void {
    this.#pacer.setRate(this.#rate.perSecond, now);
    this.#leased = Math.min(this.#leased, this.#permitsOfLease());
  }

  #permitsOfLease(): number {
    return Math.ceil((this.#rate.perSecond * (LEASE_MS + LEASE_MARGIN_MS)) / 1000) + 1;
  }

  /** As many as come without one being lost, and as can be used at once. */
  #permitsOfGrant(): number {
    const kept = this.#pacer.ceiling - (this.#rate.perSecond * LATE_MS) / 1000;
    return Math.max(1, Math.floor(Math.min(kept, this.#options.concurrency)));
  }

  /**
   * Takes a new lease when it is there; else false, once it was waited for. Asks first, so that no job of Bottleneck
   * ever waits: its timers go by the wall clock and hear no signal.
   */
  async #lease(signal: AbortSignal): Promise<boolean> {
    const { clock } = this.#options;
    if (!(await this.#limiter.check())) {
      if (this.#leased >= 1) return true;
      if (clock.monotonicMs() - this.#leasedAtMs < OVERDUE_MS) {
        await clock.sleep(LEASE_RETRY_MS, signal);
        return false;
      }
      await this.#limiter.disconnect();
      this.#limiter = leasing();
    }
    await this.#limiter.schedule(() => Promise.resolve());
    this.#leased = this.#permitsOfLease();
    this.#leasedAtMs = clock.monotonicMs();
    return true;
  }
}

function leasing(): Bottleneck {
  return new Bottleneck({ maxConcurrent: 1, minTime: LEASE_MS });
}
