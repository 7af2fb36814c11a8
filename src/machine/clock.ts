import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../core/clock.js';

/** Clocks that differ by less are the same: the way to a database and back takes time, too. */
const SAME_MS = 1_000;

let aheadMs = 0;

/** Epoch milliseconds by this machine's clock, or by the one that it follows. */
export function wallClock(): number {
  return Date.now() + aheadMs;
}

/**
 * From now on this process counts by a clock that is so far ahead of this machine's: that of a database which machines share.
 * Those whose own clock is wrong would write moments that nobody can compare with those of the others.
 */
export function followClock(otherAheadMs: number): void {
  aheadMs = Math.abs(otherAheadMs) < SAME_MS ? 0 : Math.round(otherAheadMs);
}

/** The longest delay a timer of Node takes: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's time. */
export const systemClock: Clock = {
  now: wallClock,
  monotonicMs: () => performance.now(),
  sleep: async (ms, signal) => {
    const options = signal === undefined ? {} : { signal };
    await delay(Math.min(ms, LONGEST_TIMER_MS), undefined, options).catch(() => undefined);
  },
};

/** Resolves once the answers that have already arrived were handled. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
