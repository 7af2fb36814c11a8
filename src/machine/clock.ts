import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../core/clock.js';
import { wallClock } from './wall-clock.js';

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
