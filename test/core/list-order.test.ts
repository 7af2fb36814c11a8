import { expect, it } from 'vitest';
import { ListOrder } from '../../src/core/list-order.js';

const MINUTE = 60_000;

/** A list of pages of minutes; the id of a record is its minute. */
function isByCreation(...pages: readonly (readonly (number | null)[])[]): boolean {
  const order = new ListOrder();
  for (const page of pages)
    order.see(
      page.map((minute) => ({ id: `${minute}`, createdAt: minute === null ? null : minute * MINUTE })),
    );
  return order.isByCreation;
}

it.each([
  ['an empty list', [[]]],
  ['one that rises', [[1, 2, 5], [], [5, 9]]],
  ['one that falls', [[9, 5, 5], [2], [1]]],
  ['records that were made at once, in any order', [[9, 5, 5.9, 5.1], [2]]],
  [
    'records that newer ones pushed onto the next page',
    [
      [9, 8, 7, 6, 5],
      [8, 7, 6, 5, 4],
      [9, 8, 3],
    ],
  ],
])('%s goes by when its records were made', (_what, pages) => {
  expect(isByCreation(...pages)).toBe(true);
});

it.each([
  ['one that falls and rises', [[9, 5], [7]]],
  ['one that rises and falls', [[1, 5], [3]]],
  ['a record without a date', [[9, null, 5]]],
])('%s does not', (_what, pages) => {
  expect(isByCreation(...pages)).toBe(false);
});
