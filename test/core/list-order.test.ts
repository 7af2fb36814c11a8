import { expect, it } from 'vitest';
import { ListOrder } from '../../src/core/list-order.js';

const MINUTE = 60_000;

type Minutes = readonly (number | null)[];

/** A page of minutes; the id of a record is its minute. */
const pageOf = (minutes: Minutes) =>
  minutes.map((minute) => ({ id: `${minute}`, createdAt: minute === null ? null : minute * MINUTE }));

function read(pages: readonly Minutes[], nextToken: string | null = null): ListOrder {
  const order = new ListOrder();
  for (const page of pages) order.see({ records: pageOf(page), nextToken });
  return order;
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
])('%s goes by when its records were made, and moves none', (_what, pages) => {
  expect(read(pages).mayMove).toBe(false);
});

it.each([
  ['one that falls and rises', [[9, 5], [7]]],
  ['one that rises and falls', [[1, 5], [3]]],
  ['a record without a date', [[9, null, 5]]],
])('%s may move them', (_what, pages) => {
  expect(read(pages).mayMove).toBe(true);
});

const NINE = [
  [9, 8],
  [7, 6],
  [5, 4],
  [3, 2],
  [1, 0],
];

it.each<[string, readonly [Minutes, boolean][]]>([
  [
    'as it was',
    [
      [[9, 8], true],
      [[7, 6], true],
      [[5, 4], true],
    ],
  ],
  [
    'behind new records',
    [
      [[11, 10], false],
      [[9.5, 9], false],
      [[8, 7], true],
      [[6, 5], true],
      [[4, 3], true],
    ],
  ],
])('a front that comes again %s moved nothing', (_how, pages) => {
  const order = read(NINE);
  for (const [page, allKnown] of pages) order.seeAgain(pageOf(page), allKnown);
  expect(order.mayMove).toBe(false);
});

it.each<[string, readonly [Minutes, boolean][]]>([
  ['with a record from far behind it', [[[1, 9], true]]],
  ['in another order', [[[9, 7], true]]],
  [
    'without one that was deleted',
    [
      [[9, 8], true],
      [[6, 5], true],
    ],
  ],
])('a front that comes again %s tells of a list that moves', (_how, pages) => {
  const order = read(NINE);
  for (const [page, allKnown] of pages) order.seeAgain(pageOf(page), allKnown);
  expect(order.mayMove).toBe(true);
});

it('a list whose tokens count records moves up what is behind a deleted one', () => {
  expect(read(NINE, '20').mayMove).toBe(true);
  expect(read(NINE, 'opaque').mayMove).toBe(false);
});
