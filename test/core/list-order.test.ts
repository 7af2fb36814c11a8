import { expect, it } from 'vitest';
import { ListOrder } from '../../src/core/list-order.js';

const MINUTE = 60_000;

type Minutes = readonly (number | null)[];

/** A page of minutes; the id of a record is its minute. */
const pageOf = (minutes: Minutes) =>
  minutes.map((minute) => ({ id: `${minute}`, createdAt: minute === null ? null : minute * MINUTE }));

function read(pages: readonly Minutes[], nextToken: string | null = null): ListOrder {
  const order = new ListOrder();
  const seen = new Set<number | null>();
  for (const page of pages) {
    order.see({ records: pageOf(page), nextToken }, page.filter((minute) => !seen.has(minute)).length);
    for (const minute of page) seen.add(minute);
  }
  return order;
}

it.each([
  ['an empty list', [[]]],
  ['one that rises', [[1, 2, 5], [], [5.5, 9]]],
  ['one that falls', [[9, 5, 5], [2], [1]]],
  ['records that were made at once, in any order', [[9, 5, 5.9, 5.1], [2]]],
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

it.each<[string, readonly [Minutes, number][]]>([
  [
    'as it was',
    [
      [[9, 8], 0],
      [[7, 6], 0],
      [[5, 4], 0],
    ],
  ],
  [
    'behind new records',
    [
      [[11, 10], 2],
      [[9.5, 9], 1],
      [[8, 7], 0],
      [[6, 5], 0],
      [[4, 3], 0],
    ],
  ],
])('a front that comes again %s moved nothing', (_how, pages) => {
  const order = read(NINE);
  for (const [page, newRecords] of pages) order.seeAgain(pageOf(page), newRecords);
  expect(order.mayMove).toBe(false);
});

it.each<[string, readonly [Minutes, number][]]>([
  ['with a record from far behind it', [[[1, 9], 0]]],
  ['in another order', [[[9, 7], 0]]],
  [
    'without one that was deleted',
    [
      [[9, 8], 0],
      [[6, 5], 0],
    ],
  ],
])('a front that comes again %s tells of a list that moves', (_how, pages) => {
  const order = read(NINE);
  for (const [page, newRecords] of pages) order.seeAgain(pageOf(page), newRecords);
  expect(order.mayMove).toBe(true);
});

it('a list whose tokens count records moves up what is behind a deleted one', () => {
  expect(read(NINE, '20').mayMove).toBe(true);
  expect(read(NINE, 'opaque').mayMove).toBe(false);
});

it('records that came a second time were pushed down by new ones, where the front shows as many', () => {
  const order = read([
    [9, 8, 7, 6, 5],
    [6, 5, 4, 3],
  ]);
  expect(order.mayMove).toBe(true);
  order.seeAgain(pageOf([10, 9, 8, 7, 6]), 1);
  expect(order.mayMove).toBe(true);
  order.seeAgain(pageOf([11, 5, 4, 3]), 1);
  expect(order.mayMove).toBe(false);
});
