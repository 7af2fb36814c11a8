import { describe, expect, test } from 'vitest';
import { ClaimAhead } from '../../src/run/claim-ahead.js';

/** Places after so many answers within 2 ms. */
function placesAfter(answers: number, perSecond: number, concurrency = 64): number {
  const ahead = new ClaimAhead(concurrency);
  ahead.places(1_000, perSecond);
  for (let answer = 0; answer < answers; answer += 1) ahead.answered();
  return ahead.places(1_002, perSecond);
}

describe('claiming before there is a place', () => {
  test.each([
    ['nobody at a usual rate', 1_000, 80, 0],
    ['nobody while no answer comes', 0, 100_000, 0],
    ['as many as leave within two milliseconds at this rate', 1_000, 5_000, 10],
    ['as many as had their answer within the last two', 7, 100_000, 7],
    ['never more than half of the places', 1_000, 100_000, 32],
  ])('%s', (_, answers, perSecond, expected) => {
    expect(placesAfter(answers, perSecond)).toBe(expected);
  });

  test('nobody with a single place', () => {
    expect(placesAfter(1_000, 100_000, 1)).toBe(0);
  });

  test('nobody once answers stay away', () => {
    const ahead = new ClaimAhead(64);
    for (let answer = 0; answer < 64; answer += 1) ahead.answered();
    expect(ahead.places(2, 100_000)).toBe(32);
    expect(ahead.places(5_000, 100_000)).toBe(0);
  });
});
