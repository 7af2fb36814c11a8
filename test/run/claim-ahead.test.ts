import { describe, expect, test } from 'vitest';
import { type Ahead, ClaimAhead } from '../../src/run/claim-ahead.js';

/** What may be claimed ahead after so many answers within 36 ms. */
function aheadAfter(answers: number, perSecond: number, concurrency = 64): Ahead {
  const ahead = new ClaimAhead(concurrency);
  ahead.look(1_000, perSecond);
  for (let answer = 0; answer < answers; answer += 1) ahead.answered();
  return ahead.look(1_036, perSecond);
}

describe('claiming before somebody can leave', () => {
  test.each([
    ['nobody at a usual rate', 80, 80, 0],
    ['nobody while no answer comes', 0, 100_000, 0],
    ['nobody rather than a few, by the rate', 1_000, 444, 0],
    ['nobody rather than a few, by the answers', 15, 100_000, 0],
    ['what the rate lets leave within 36 ms', 1_000, 1_000, 36],
    ['no more than had their answer lately', 20, 1_000, 20],
    ['never eight times as many as are under way', 2_000, 1_000_000, 511],
  ])('%s', (_, answers, perSecond, expected) => {
    expect(aheadAfter(answers, perSecond).claimed).toBe(expected);
  });

  test.each([
    ['nobody at 1,000 a second', 36, 1_000, 0],
    ['a small share of what may leave in a second', 360, 10_000, 26],
    ['nobody where half of what the rate allows is used', 91, 5_000, 0],
    ['more where most of what the rate allows is left', 36, 5_000, 36],
    ['as many as had their answer lately', 200, 100_000, 200],
  ])('past the door, before there is a place: %s', (_, answers, perSecond, expected) => {
    expect(aheadAfter(answers, perSecond).pastDoor).toBe(expected);
  });

  test('nobody with a few places', () => {
    expect(aheadAfter(2_000, 1_000_000, 2).claimed).toBe(0);
    expect(aheadAfter(2_000, 1_000_000, 3).claimed).toBe(23);
  });

  test('nobody once answers stay away', () => {
    const ahead = new ClaimAhead(64);
    for (let answer = 0; answer < 300; answer += 1) ahead.answered();
    expect(ahead.look(36, 100_000)).toEqual({ claimed: 300, pastDoor: 300 });
    expect(ahead.look(5_000, 100_000)).toEqual({ claimed: 0, pastDoor: 0 });
  });
});
