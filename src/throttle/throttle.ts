import Bottleneck from 'bottleneck';
import { LONGEST_RETRY_AFTER_MS } from '../core/backoff.js';
import type { Clock } from '../core/clock.js';
import type { Pace, Throttle } from '../core/ports.js';
import { AdaptiveRate } from './adaptive-rate.js';
import { Guard } from './guard.js';

/**
 * Shortest wait for more once the permits are used up: each grant costs a synced commit and wakes three threads.
 * With what a timer may be late it stays within the guard's slack.
 */
const GRANT_EVERY_MS = 14;
/**
 * One job of Bottleneck stands for the permits of this long. A job per grant would cost 0.95 ms of processor, four
 * times the timer itself (bottleneck 2.19.5, 63 jobs/s, measured).
 */
const LEASE_MS = 200;
/** A lease is a bound behind the guard, not a second meter: with the guard's slack it is never the shorter one. */
const LEASE_MARGIN = 1.1;
/** Bottleneck goes by the wall clock, which may be set back by hours: it is waited for no longer than this. */
const OVERDUE_MS = 5 * LEASE_MS;
/** Longest single wait, so that a change of the rate is heard. */
const LONGEST_WAIT_MS = 1_000;
/** Pause after a throttle answer without Retry-After. */
const DEFAULT_PAUSE_MS = 2_000;
/** Answers still in flight when the rate was cut arrive within this. */
const SETTLE_AFTER_CUT_MS = 1_000;

/** What a throttle is made from. */
export interface ThrottleOptions {
  readonly limitPerSecond: number;
  /** Rate to start with, learned by an earlier run; null: the limit. */
  readonly startPerSecond: number | null;
  readonly clock: Clock;
  /** Told when the learned rate went down. */
  readonly onCut?: (perSecond: number) => void;
}

/**
 * The one owner of the rate. Bottleneck leases the permits of a fifth of a second at a time; within a lease the
 * guard counts on a monotonic clock what may really go. Each bounds what the other lets out.
 */
export class PacedThrottle implements Throttle {
  readonly #options: ThrottleOptions;
  readonly #rate: AdaptiveRate;
  readonly #guard: Guard;
  #limiter = leasing();
  /** Permits that are left of what Bottleneck let go. */
  #leased: number;
  #leasedAtMs: number;
  #pausedUntilMs: number | null = null;

  constructor(options: ThrottleOptions) {
    this.#options = options;
    this.#rate = new AdaptiveRate(options.limitPerSecond, options.startPerSecond);
    this.#guard = new Guard(this.#rate.perSecond, options.clock.monotonicMs());
    this.#leased = this.#permitsOfLease();
    this.#leasedAtMs = options.clock.monotonicMs();
  }

  async take(max: number, signal: AbortSignal): Promise<number> {
    const { clock } = this.#options;
    while (!signal.aborted) {
      const pausedMs = this.#pausedForMs();
      if (pausedMs > 0) {
        await clock.sleep(pausedMs, signal);
        continue;
      }
      if (this.#leased < 1) {
        await this.#lease(signal);
        continue;
      }
      const taken = this.#guard.take(Math.min(max, this.#leased), clock.monotonicMs());
      this.#leased -= taken;
      if (taken > 0) return taken;
      await this.#nextGrant(signal);
    }
    return 0;
  }

  giveBack(permits: number): void {
    this.#leased = Math.min(this.#permitsOfLease(), this.#leased + permits);
    this.#guard.giveBack(permits);
  }

  throttled(retryAfterMs: number | null): void {
    const now = this.#options.clock.monotonicMs();
    const pauseMs = Math.min(retryAfterMs ?? DEFAULT_PAUSE_MS, LONGEST_RETRY_AFTER_MS);
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs ?? 0, now + pauseMs);
    const before = this.#rate.perSecond;
    this.#rate.cut(now, pauseMs + SETTLE_AFTER_CUT_MS);
    if (this.#rate.perSecond !== before) this.#options.onCut?.(this.#rate.perSecond);
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
    this.#guard.setRate(this.#rate.perSecond, now);
    this.#leased = Math.min(this.#leased, this.#permitsOfLease());
  }

  #permitsOfLease(): number {
    return Math.ceil((this.#rate.perSecond * LEASE_MARGIN * LEASE_MS) / 1000) + 1;
  }

  /** Asks first, so that no job of Bottleneck ever waits: its timers go by the wall clock and hear no signal. */
  async #lease(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    if (!(await this.#limiter.check())) {
      if (clock.monotonicMs() - this.#leasedAtMs < OVERDUE_MS) return clock.sleep(GRANT_EVERY_MS, signal);
      await this.#limiter.disconnect();
      this.#limiter = leasing();
    }
    await this.#limiter.schedule(() => Promise.resolve());
    this.#leased = this.#permitsOfLease();
    this.#leasedAtMs = clock.monotonicMs();
  }

  async #nextGrant(signal: AbortSignal): Promise<void> {
    const nextMs = this.#guard.untilNextMs(this.#options.clock.monotonicMs());
    await this.#options.clock.sleep(Math.min(LONGEST_WAIT_MS, Math.max(GRANT_EVERY_MS, nextMs)), signal);
  }
}

function leasing(): Bottleneck {
  return new Bottleneck({ maxConcurrent: 1, minTime: LEASE_MS });
}
