import { expect, test } from 'vitest';
import { RunLimit } from '../../src/run/run-limit.js';

test('a delivery counts once, however often it is tried', () => {
  const limit = new RunLimit(3);
  for (let attempt = 0; attempt < 4; attempt += 1) {
    limit.begin(7);
    limit.ended(7, true);
  }
  expect(limit.left()).toBe(2);
});

test('one that never left gives its place back, but not one that was tried before', () => {
  const limit = new RunLimit(3);
  limit.begin(1);
  limit.giveBack(1);
  limit.begin(2);
  limit.ended(2, false);
  expect(limit.left()).toBe(3);
  limit.begin(2);
  limit.ended(2, true);
  limit.begin(2);
  limit.giveBack(2);
  expect(limit.left()).toBe(2);
});

test('without a limit there is always room, and nothing is kept', () => {
  const limit = new RunLimit(null);
  limit.begin(1);
  limit.ended(1, true);
  expect(limit.left()).toBe(Number.POSITIVE_INFINITY);
});
