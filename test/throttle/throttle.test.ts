import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Clock } from '../../src/core/clock.js';
import { systemClock } from '../../src/machine/clock.js';
import { PacedThrottle, type ThrottleOptions } from '../../src/throttle/throttle.js';
import { type Left, worstWindow } from './worst-window.js';

const NEVER = new AbortController().signal;

/** How long nothing could run so far: the clock went on, and no timer fired. */
let stalledMs = 0;

/** The faked time of vitest, in which Bottleneck's timers run, too. */
const fakedClock: Clock = {
  now: () => Date.now() + stalledMs,
  monotonicMs: () => performance.now() + stalledMs,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done);
    }),
};

function throttleOf(
  limitPerSecond: number,
  clock: Clock,
  more: Partial<ThrottleOptions> = {},
): PacedThrottle {
  const throttle = new PacedThrottle({
    limitPerSecond,
    startPerSecond: null,
    concurrency: 64,
    clock,
    ...more,
  });
  onTestFinished(() => throttle.close());
  return throttle;
}

/** Takes permits without end, and notes when. */
function taking(throttle: PacedThrottle, signal: AbortSignal = NEVER): Left[] {
  const left: Left[] = [];
  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      const permits = await throttle.take(() => 64, signal);
      left.push({ permits, atMs: performance.now() + stalledMs });
    }
  };
  void loop();
  return left;
}

function sum(left: readonly Left[]): number {
  return left.reduce((total, { permits }) => total + permits, 0);
}

describe('in faked time, the throttle', () => {
  beforeEach(() => {
    stalledMs = 0;
    vi.useFakeTimers();
  });
  afterEach(() => void vi.useRealTimers());

  test.each([0.5, 20, 80, 200, 1_000])('lets %d/s go, evenly', async (rate) => {
    const stop = new AbortController();
    const left = taking(throttleOf(rate, fakedClock), stop.signal);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sum(left)).toBeGreaterThanOrEqual(Math.floor(rate * 10 * 0.98));
    expect(sum(left)).toBeLessThanOrEqual(rate * 10 * 1.005 + 1);
    expect(worstWindow(left, 1_000)).toBeLessThanOrEqual(1.02 * rate + 1);
    stop.abort();
  });

  test.each([
    [1_000, 64, 17],
    [1_000, 16, 16],
    [200, 64, 4],
    [80, 64, 2],
    [20, 64, 1],
  ])('grants at %d/s with %d requests at a time: %d together', async (rate, concurrency, together) => {
    const stop = new AbortController();
    const left = taking(throttleOf(rate, fakedClock, { concurrency }), stop.signal);
    await vi.advanceTimersByTimeAsync(5_000);
    const usual = left.slice(1).filter(({ permits }) => permits === together);
    expect(usual.length / left.length).toBeGreaterThan(0.9);
    stop.abort();
  });

  test('asks for how many there is use when they may leave, not before', async () => {
    const throttle = throttleOf(1_000, fakedClock);
    await throttle.take(() => 1, NEVER);
    let uses = 17;
    const taken = throttle.take(() => uses, NEVER);
    await vi.advanceTimersByTimeAsync(5);
    uses = 12;
    await vi.advanceTimersByTimeAsync(20);
    expect(await taken).toBe(12);
    expect(await throttle.take(() => 0, NEVER)).toBe(0);
  });

  test('waits for no more than there is use for', async () => {
    const throttle = throttleOf(1_000, fakedClock);
    await throttle.take(() => 1, NEVER);
    const taken = throttle.take(() => 3, NEVER);
    let permits = 0;
    void taken.then((count) => {
      permits = count;
    });
    await vi.advanceTimersByTimeAsync(2);
    expect(permits).toBe(0);
    await vi.advanceTimersByTimeAsync(2);
    expect(permits).toBe(3);
  });

  test('tells when the next one may leave', async () => {
    const throttle = throttleOf(10, fakedClock);
    expect(throttle.untilNextMs()).toBe(0);
    await throttle.take(() => 1, NEVER);
    expect(throttle.untilNextMs()).toBeCloseTo(100, 0);
    throttle.throttled(5_000);
    expect(throttle.untilNextMs()).toBeCloseTo(5_000, 0);
  });

  test('owes nothing for a second in which nothing could run', async () => {
    const stop = new AbortController();
    const left = taking(throttleOf(80, fakedClock), stop.signal);
    await vi.advanceTimersByTimeAsync(1_000);
    stalledMs = 1_000;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(worstWindow(left, 100)).toBeLessThanOrEqual(2 * 8);
    expect(sum(left)).toBeLessThanOrEqual(2 * 80 + 2);
    expect(sum(left)).toBeGreaterThanOrEqual(2 * 78);
    stop.abort();
  });

  test('goes on when the wall clock is set back by an hour', async () => {
    const stop = new AbortController();
    const left = taking(throttleOf(80, fakedClock), stop.signal);
    await vi.advanceTimersByTimeAsync(1_000);
    vi.setSystemTime(Date.now() - 3_600_000);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(sum(left)).toBeGreaterThanOrEqual(80 * 10 - 80 * 1.2);
    stop.abort();
  });

  test('stops waiting when the signal fires, without a permit', async () => {
    const throttle = throttleOf(0.01, fakedClock);
    await throttle.take(() => 1, NEVER);
    const stop = new AbortController();
    const taken = throttle.take(() => 1, stop.signal);
    await vi.advanceTimersByTimeAsync(500);
    stop.abort();
    expect(await taken).toBe(0);
    expect(await throttle.take(() => 1, stop.signal)).toBe(0);
  });

  test.each([
    ['for what the provider asks', 7_000, 7_000],
    ['for two seconds when it asks for nothing', null, 2_000],
    ['for 15 minutes at most', 3_600_000, 900_000],
  ])('pauses %s, then goes on at half the rate', async (_what, retryAfterMs, pauseMs) => {
    const cuts: number[] = [];
    const throttle = throttleOf(100, fakedClock, { onCut: (perSecond) => cuts.push(perSecond) });
    throttle.throttled(retryAfterMs);
    expect(throttle.pace()).toMatchObject({ limitPerSecond: 100, currentPerSecond: 50 });
    expect(throttle.pace().pausedUntilMs).toBeCloseTo(performance.now() + pauseMs, 0);
    const stop = new AbortController();
    const left = taking(throttle, stop.signal);
    await vi.advanceTimersByTimeAsync(pauseMs - 1);
    expect(left).toEqual([]);
    await vi.advanceTimersByTimeAsync(10_001);
    expect(sum(left)).toBeGreaterThanOrEqual(490);
    expect(sum(left)).toBeLessThanOrEqual(502);
    expect([throttle.pace().pausedUntilMs, cuts]).toEqual([null, [50]]);
    stop.abort();
  });

  test('begins with what is left of a pause that an earlier run was asked for', () => {
    const throttle = throttleOf(100, fakedClock, { pausedForMs: 4_000 });
    expect(throttle.pace()).toMatchObject({ currentPerSecond: 100 });
    expect(throttle.pace().pausedUntilMs).toBeCloseTo(performance.now() + 4_000, 0);
  });

  test('tells of a pause that was asked for once, however many requests are answered so', () => {
    const told: number[] = [];
    const throttle = throttleOf(100, fakedClock, { onPaused: (pauseMs) => told.push(pauseMs) });
    for (const asked of [null, 7_000, 7_000, 7_500, 60_000, 1_000]) throttle.throttled(asked);
    expect(told).toEqual([7_000, 60_000]);
  });

  test('hears the longest of several pauses', () => {
    const throttle = throttleOf(100, fakedClock);
    throttle.throttled(9_000);
    throttle.throttled(1_000);
    expect(throttle.pace().pausedUntilMs).toBeCloseTo(performance.now() + 9_000, 0);
  });

  test('climbs back while the provider accepts', async () => {
    const throttle = throttleOf(100, fakedClock);
    throttle.throttled(0);
    for (let tick = 0; tick < 100; tick += 1) {
      await vi.advanceTimersByTimeAsync(100);
      throttle.accepted();
    }
    expect(throttle.pace().currentPerSecond).toBeGreaterThan(50);
    expect(throttle.pace().currentPerSecond).toBeLessThan(100);
  });
});

test('in real time, no second carries more than its share', async () => {
  const stop = new AbortController();
  const left = taking(throttleOf(200, systemClock), stop.signal);
  await expect.poll(() => sum(left), { interval: 50 }).toBeGreaterThan(300);
  stop.abort();
  expect(worstWindow(left, 1_000)).toBeLessThanOrEqual(1.02 * 200 + 1);
});
