import { expect, test } from 'vitest';
import type { DeliveryStatus } from '../../src/core/counts.js';
import { reportRows } from '../../src/ledger/sqlite/report-rows.js';
import {
  attempted,
  campaignIn,
  DAY,
  emptyLedger,
  importRows,
  NOON,
  recipient,
} from '../support/filled-ledger.js';
import { applyFrequencyLimit, cappedPeople } from '../support/on-sqlite.js';

const WEEK = 7 * DAY;

/** `news` went to line 2 a day ago and to line 3 six days ago; `sale` is pending for lines 2, 3 and 4. */
async function world(status: DeliveryStatus = 'accepted') {
  const db = emptyLedger();
  const [sale, news] = [campaignIn(db), campaignIn(db, { name: 'news' })];
  await importRows(db, sale, [recipient(2), recipient(3), recipient(4)]);
  await importRows(db, news, [recipient(2), recipient(3)]);
  attempted(db, news, recipient(2).person, status, NOON - DAY);
  attempted(db, news, recipient(3).person, status, NOON - 6 * DAY);
  const apply = (count: number, at = NOON, workspace = 'ws') =>
    applyFrequencyLimit(db, sale.id, { workspace, limit: { count, perMs: WEEK }, at, confirmedAt: null });
  const capped = () =>
    db
      .prepare(
        "SELECT line, due_at FROM deliveries WHERE campaign_id = ? AND status = 'skipped' AND reason = 'capped' ORDER BY line",
      )
      .raw()
      .all(sale.id);
  return { db, sale, apply, capped };
}

test('who got enough is skipped, with the moment at which it is allowed again', async () => {
  const { apply, capped } = await world();
  expect(apply(1)).toBe(2);
  expect(capped()).toEqual([
    [2, NOON - DAY + WEEK],
    [3, NOON - 6 * DAY + WEEK],
  ]);
});

test('status and report say from when on it is allowed again', async () => {
  const { db, sale, apply } = await world();
  expect(cappedPeople(db, sale.id, NOON)).toEqual({ count: 0, firstAllowedAt: null });
  apply(1, NOON + 14);
  expect(cappedPeople(db, sale.id, NOON)).toEqual({ count: 2, firstAllowedAt: NOON - 6 * DAY + WEEK });
  expect(cappedPeople(db, sale.id, NOON + 8 * DAY)).toEqual({ count: 2, firstAllowedAt: null });
  const messages: (string | null)[] = [];
  for await (const rows of reportRows(db, sale.id, null)) {
    messages.push(...rows.map(({ errorMessage }) => errorMessage));
  }
  const allowed = [NOON - DAY, NOON - 6 * DAY].map((at) => new Date(at + WEEK).toISOString());
  expect(messages).toEqual([...allowed, null]);
});

test('who is allowed by now is taken back', async () => {
  const { apply, capped } = await world();
  apply(1);
  expect(apply(1, NOON + 2 * DAY)).toBe(1);
  expect(capped()).toEqual([[2, NOON - DAY + WEEK]]);
});

test('a limit that was taken out of the campaign takes everybody back', async () => {
  const { db, sale, apply, capped } = await world();
  apply(1);
  expect(
    applyFrequencyLimit(db, sale.id, { workspace: 'ws', limit: null, at: NOON, confirmedAt: null }),
  ).toBe(0);
  expect(capped()).toEqual([]);
});

test('two are allowed when the limit says two', async () => {
  const { apply } = await world();
  expect(apply(2)).toBe(0);
});

test.each<[DeliveryStatus, number]>([
  ['accepted', 2],
  ['uncertain', 2],
  ['sending', 2],
  ['refused', 0],
  ['exhausted', 0],
])('a message that is %s counts for %i', async (status, expected) => {
  expect((await world(status)).apply(1)).toBe(expected);
});

test('another workspace does not count', async () => {
  expect((await world()).apply(1, NOON, 'elsewhere')).toBe(0);
});
