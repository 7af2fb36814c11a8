import { expect, test } from 'vitest';
import type { Dispatch } from '../../src/core/delivery.js';
import { ClaimValidity } from '../../src/run/claim-validity.js';

const attempt = (attemptId: number): Dispatch => ({ attemptId }) as Dispatch;

/** Which of the attempts 1 to 4 may still leave. */
const holding = (claims: ClaimValidity): readonly number[] =>
  [1, 2, 3, 4].filter((attemptId) => claims.holds(attempt(attemptId)));

test('who was claimed before somebody was taken out is let go of, and nobody who is claimed later', () => {
  const claims = new ClaimValidity();
  claims.came([attempt(1), attempt(2)], claims.asked(), 0);
  expect(holding(claims)).toEqual([1, 2, 3, 4]);
  claims.letGo();
  claims.came([attempt(3), attempt(4)], claims.asked(), 0);
  expect(holding(claims)).toEqual([3, 4]);
});

test('a claim that was under way when somebody was taken out may not have seen it', () => {
  const claims = new ClaimValidity();
  const asked = claims.asked();
  claims.letGo();
  claims.came([attempt(1), attempt(2)], asked, 0);
  expect(holding(claims)).toEqual([3, 4]);
});

test('a claim that brought nobody lets nobody go', () => {
  const claims = new ClaimValidity();
  claims.came([attempt(1), attempt(2)], claims.asked(), 0);
  claims.came([], claims.asked(), 0);
  expect(holding(claims)).toEqual([1, 2, 3, 4]);
});

test('what the gates said before a claim is believed for half a second', () => {
  const claims = new ClaimValidity();
  claims.came([attempt(1)], claims.asked(), 1_000);
  expect([claims.isFresh(1_500), claims.isFresh(1_501)]).toEqual([true, false]);
});
