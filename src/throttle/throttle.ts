import Bottleneck from 'bottleneck';
import { LONGEST_RETRY_AFTER_MS } from '../core/backoff.js';
import type { Clock } from '../core/clock.js';
import type { Pace, Throttle } from '../core/ports.js';
import { AdaptiveRate } from './adaptive-rate.js';
import { Guard } from './guard.js';

/** Shortest time between two grants: a timer per permit would cost more than the send (420 jobs/s measured). */
const GRANT_EVERY_MS = 8;
/** Longest single wait inside Bottleneck, so that a stop is heard and no long timer stays behind. */
const LONGEST_GRANT_WAIT_MS = 1_000;
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
 * The one owner of the rate. Bottleneck spaces the grants (one of its jobs stands for all permits that accrued
 * meanwhile), the guard behind it counts on a monotonic clock what may really go.
 */
export class PacedThrottle implements Throttle {
  readonly #options: ThrottleOptions;
  readonly #rate: AdaptiveRate;
  readonly #guard: Guard;
  readonly #limiter: Bottleneck;
  #pausedUntilMs: number | null = null;

  constructor(options: ThrottleOptions) {
    this.#options = options;
    this.#rate = new AdaptiveRate(options.limitPerSecond, options.startPerSecond);
    this.#guard = new Guard(this.#rate.perSecond, options.clock.monotonicMs());
    this.#limiter = new Bottleneck({ maxConcurrent: 1, minTime: this.#spacingMs() });
  }

  async take(max: number, signal: AbortSignal): Promise<number> {
    const { clock } = this.#options;
    while (!signal.aborted) {
      const pausedMs = this.#pausedForMs();
      if (pausedMs > 0) {
        await clock.sleep(pausedMs, signal);
        continue;
      }
      const taken = this.#guard.take(max, clock.monotonicMs());
      if (taken > 0) return taken;
      await this.#nextGrant(signal);
    }
    return 0;
  }

  giveBack(permits: number): void {
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

  /** Frees Bottleneck's timers. */
  close(): Promise<void> {
    return this.#limiter.disconnect();
  }

  #pausedForMs(): number {
    if (this.#pausedUntilMs === null) return 0;
    return Math.max(0, this.#pausedUntilMs - this.#options.clock.monotonicMs());
  }

  #applyRate(now: number): void {
    this.#guard.setRate(this.#rate.perSecond, now);
    this.#limiter.updateSettings({ minTime: this.#spacingMs() });
  }

  /** Half of what a permit takes: a grant that comes late must not push back the ones behind it. */
  #spacingMs(): number {
    const perPermitMs = 1000 / this.#rate.perSecond;
    return Math.min(LONGEST_GRANT_WAIT_MS, Math.max(GRANT_EVERY_MS, Math.floor(perPermitMs / 2)));
  }

  async #nextGrant(signal: AbortSignal): Promise<void> {
    await Promise.race([this.#limiter.schedule(() => Promise.resolve()), fired(signal)]);
    if (signal.aborted) return;
    const leftMs = this.#guard.untilNextMs(this.#options.clock.monotonicMs());
    if (leftMs > 1) await this.#options.clock.sleep(Math.min(leftMs, LONGEST_GRANT_WAIT_MS), signal);
  }
}

/** Resolves when the signal fires; the listener is the signal's own and goes with it. */
function fired(signal: AbortSignal): Promise<void> {
  const known = firing.get(signal);
  if (known !== undefined) return known;
  const promise = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  firing.set(signal, promise);
  return promise;
}

/** One listener per signal: a run takes thousands of grants with the same one. */
const firing = new WeakMap<AbortSignal, Promise<void>>();
