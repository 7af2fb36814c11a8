import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Pacer } from '../../src/throttle/pacer.js';
import { type Left, worstWindow } from './worst-window.js';

/** Takes all that is there at each of these moments. */
function drained(guard: Pacer, momentsMs: readonly number[]): readonly Left[] {
  return momentsMs.map((atMs) => ({ atMs, permits: guard.take(1_000_000, atMs) }));
}

const rates = fc.oneof(fc.double({ min: 0.01, max: 5, noNaN: true }), fc.integer({ min: 5, max: 1_000 }));
/** Steps of a loop that mostly turns quickly and sometimes stalls. */
const steps = fc.array(
  fc.oneof({ weight: 9, arbitrary: fc.nat(20) }, { weight: 1, arbitrary: fc.nat(5_000) }),
  {
    maxLength: 400,
  },
);

function moments(stepsMs: readonly number[]): readonly number[] {
  let atMs = 0;
  return stepsMs.map((stepMs) => {
    atMs += stepMs;
    return atMs;
  });
}

describe('the guard', () => {
  test('grants no second more than 1.02 × the rate + 1, whatever the loop does', () => {
    fc.assert(
      fc.property(rates, steps, (rate, stepsMs) => {
        const left = drained(new Pacer(rate, 0), moments(stepsMs));
        expect(worstWindow(left, 1_000)).toBeLessThanOrEqual(1.02 * rate + 1);
      }),
    );
  });

  test('after a stall grants at most one permit and 19 ms worth at once', () => {
    const guard = new Pacer(1_000, 0);
    expect(guard.take(10_000, 60_000)).toBe(20);
    expect(guard.take(10_000, 60_000)).toBe(0);
  });

  test('loses nothing while it is asked in time', () => {
    const every10Ms = Array.from({ length: 1_001 }, (_, index) => index * 10);
    const granted = drained(new Pacer(80, 0), every10Ms).reduce((sum, { permits }) => sum + permits, 0);
    expect(granted).toBe(80 * 10 + 1);
  });

  test('gives no more than asked for, and keeps the rest for the next', () => {
    const guard = new Pacer(1_000, 0);
    expect([guard.take(4, 10), guard.take(100, 10)]).toEqual([4, 7]);
  });

  test('says when the next permit is there', () => {
    const guard = new Pacer(2, 0);
    expect(guard.untilMs(1, 0)).toBe(0);
    guard.take(1, 0);
    expect(guard.untilMs(1, 100)).toBeCloseTo(400, 6);
    expect(guard.take(1, 499)).toBe(0);
    expect(guard.take(1, 500)).toBe(1);
  });

  test('changes its rate from now on', () => {
    const guard = new Pacer(1_000, 0);
    guard.take(1, 0);
    guard.setRate(1, 0);
    expect(guard.take(10, 999)).toBe(0);
    expect(guard.take(10, 1_000)).toBe(1);
  });
});
