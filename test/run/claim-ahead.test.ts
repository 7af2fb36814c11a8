import { describe, expect, test } from 'vitest';
import { ClaimAhead } from '../../src/run/claim-ahead.js';

/** Places after so many answers within 20 ms. */
function placesAfter(answers: number, perSecond: number, concurrency = 64): number {
  const ahead = new ClaimAhead(concurrency);
  ahead.places(1_000, perSecond);
  for (let answer = 0; answer < answers; answer += 1) ahead.answered();
  return ahead.places(1_020, perSecond);
}

describe('claiming before there is a place', () => {
  test.each([
    ['nobody at a usual rate', 1_000, 1_000, 0],
    ['nobody while no answer comes', 0, 100_000, 0],
    ['nobody rather than a few, by the rate', 1_000, 6_000, 0],
    ['nobody rather than a few, by the answers', 15, 100_000, 0],
    ['a small share of what may leave in a second', 1_000, 10_000, 26],
    ['the same where half of what the rate allows is used', 51, 5_000, 0],
    ['more where most of what the rate allows is left', 20, 5_000, 20],
    ['as many as had their answer lately', 100, 100_000, 100],
    ['never eight times as many as are under way', 600, 1_000_000, 511],
  ])('%s', (_, answers, perSecond, expected) => {
    expect(placesAfter(answers, perSecond)).toBe(expected);
  });

  test('nobody with a few places', () => {
    expect(placesAfter(600, 1_000_000, 2)).toBe(0);
    expect(placesAfter(600, 1_000_000, 3)).toBe(23);
  });

  test('nobody once answers stay away', () => {
    const ahead = new ClaimAhead(64);
    for (let answer = 0; answer < 300; answer += 1) ahead.answered();
    expect(ahead.places(20, 100_000)).toBe(300);
    expect(ahead.places(5_000, 100_000)).toBe(0);
  });
});
