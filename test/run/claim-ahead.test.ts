import { describe, expect, test } from 'vitest';
import { ClaimAhead } from '../../src/run/claim-ahead.js';

/** Places after so many answers within 4 ms. */
function placesAfter(answers: number, perSecond: number, concurrency = 64): number {
  const ahead = new ClaimAhead(concurrency);
  ahead.places(1_000, perSecond);
  for (let answer = 0; answer < answers; answer += 1) ahead.answered();
  return ahead.places(1_004, perSecond);
}

describe('claiming before there is a place', () => {
  test.each([
    ['nobody at a usual rate', 1_000, 80, 0],
    ['nobody while no answer comes', 0, 100_000, 0],
    ['as many as leave within four milliseconds at this rate', 1_000, 5_000, 20],
    ['as many as had their answer within the last four', 7, 100_000, 7],
    ['never as many as there are places', 1_000, 100_000, 63],
  ])('%s', (_, answers, perSecond, expected) => {
    expect(placesAfter(answers, perSecond)).toBe(expected);
  });

  test('nobody with a single place', () => {
    expect(placesAfter(1_000, 100_000, 1)).toBe(0);
  });

  test('nobody once answers stay away', () => {
    const ahead = new ClaimAhead(64);
    for (let answer = 0; answer < 64; answer += 1) ahead.answered();
    expect(ahead.places(4, 100_000)).toBe(63);
    expect(ahead.places(5_000, 100_000)).toBe(0);
  });
});
