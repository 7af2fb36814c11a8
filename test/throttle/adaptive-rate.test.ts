import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AdaptiveRate, startingRatePerSecond } from '../../src/throttle/adaptive-rate.js';

const HOUR = 60 * 60_000;

/** Accepts ten times a second for so long. */
function acceptFor(rate: AdaptiveRate, seconds: number, fromMs: number): void {
  for (let tick = 0; tick <= seconds * 10; tick += 1) rate.climb(fromMs + tick * 100);
}

describe('the rate', () => {
  test('begins at the limit, or at what was learned, never above the limit', () => {
    expect(new AdaptiveRate(100, null).perSecond).toBe(100);
    expect(new AdaptiveRate(100, 30).perSecond).toBe(30);
    expect(new AdaptiveRate(100, 300).perSecond).toBe(100);
  });

  test('is halved by a throttle answer, once for all answers to what had left already', () => {
    const rate = new AdaptiveRate(100, null);
    rate.cut(0, 3_000);
    rate.cut(10, 3_000);
    rate.cut(2_999, 3_000);
    expect(rate.perSecond).toBe(50);
    rate.cut(3_000, 3_000);
    expect(rate.perSecond).toBe(25);
  });

  test('never falls below 1/256 of the limit', () => {
    const rate = new AdaptiveRate(256, null);
    for (let second = 0; second < 30; second += 1) rate.cut(second * 1_000, 0);
    expect(rate.perSecond).toBe(1);
  });

  test('climbs by one percent of the limit each second, and slower near what was refused', () => {
    const rate = new AdaptiveRate(100, null);
    rate.cut(0, 0);
    rate.cut(1, 0);
    expect(rate.perSecond).toBe(25);
    acceptFor(rate, 10, 1_000);
    expect(rate.perSecond).toBeCloseTo(35, 1);
    acceptFor(rate, 10, 11_100);
    expect(rate.perSecond).toBeCloseTo(45, 0);
    acceptFor(rate, 10, 21_200);
    expect(rate.perSecond).toBeLessThan(46.5);
  });

  test('climbs for one second at most after a long silence', () => {
    const rate = new AdaptiveRate(100, null);
    rate.cut(0, 0);
    rate.cut(1, 0);
    rate.climb(1_000);
    rate.climb(500_000);
    expect(rate.perSecond).toBeCloseTo(26, 6);
  });

  test('stays within its bounds, whatever happens', () => {
    const events = fc.array(fc.tuple(fc.boolean(), fc.nat(3_000)), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), events, (limit, story) => {
        const rate = new AdaptiveRate(limit, null);
        let nowMs = 0;
        for (const [throttled, stepMs] of story) {
          nowMs += stepMs;
          if (throttled) rate.cut(nowMs, 1_000);
          else rate.climb(nowMs);
          expect(rate.perSecond).toBeGreaterThanOrEqual(limit / 256);
          expect(rate.perSecond).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });
});

describe('the rate to start with', () => {
  test.each([
    ['is believed for an hour', 20, HOUR, 20],
    ['goes back on a straight line', 20, 12.5 * HOUR, 60],
    ['is forgotten after a day', 20, 24 * HOUR, 100],
    ['is the limit when more was learned', 300, 0, 100],
  ])('%s', (_what, learned, ageMs, expected) => {
    expect(startingRatePerSecond(100, learned, ageMs)).toBeCloseTo(expected, 6);
  });
});
