import { expect, test } from 'vitest';
import type { ReportRow, ReportStatus } from '../../src/core/report-data.js';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';
import { reportRows } from '../../src/ledger/sqlite/report-rows.js';
import {
  attempted,
  campaignIn,
  emptyLedger,
  importRows,
  NOON,
  recipient,
  rejection,
} from '../support/filled-ledger.js';

async function rowsOf(
  db: LedgerDatabase,
  campaignId: number,
  statuses: readonly ReportStatus[] | null = null,
) {
  const rows: ReportRow[] = [];
  for await (const batch of reportRows(db, campaignId, statuses)) rows.push(...batch);
  return rows;
}

async function world() {
  const db = emptyLedger();
  const sale = campaignIn(db);
  await importRows(db, sale, [
    rejection(2),
    recipient(3),
    recipient(4, { person: recipient(3).person, phone: recipient(3).phone }),
    recipient(5),
    rejection(6),
  ]);
  attempted(db, sale, recipient(5).person, 'refused', NOON, { reason: 'row-data', errorCode: '132000' });
  return { db, sale };
}

test('every row of the file comes once, in the order of the file, with what became of it', async () => {
  const { db, sale } = await world();
  const rows = await rowsOf(db, sale.id);
  expect(rows.map(({ line, status, reason }) => [line, status, reason])).toEqual([
    [2, 'rejected', 'phone.invalid'],
    [3, 'pending', null],
    [4, 'skipped', 'duplicate'],
    [5, 'refused', 'row-data'],
    [6, 'rejected', 'phone.invalid'],
  ]);
  expect(rows[0]).toMatchObject({ phone: 'abc', attempts: 0, firstAttemptAt: null, cells: ['abc', 'Ana'] });
  expect(rows[3]).toMatchObject({
    attempts: 1,
    firstAttemptAt: NOON,
    lastAttemptAt: NOON,
    errorCode: '132000',
  });
  expect(rows[3]).not.toHaveProperty('id');
});

test('only rows of the statuses that were asked for', async () => {
  const { db, sale } = await world();
  const lines = async (statuses: readonly ReportStatus[]) =>
    (await rowsOf(db, sale.id, statuses)).map(({ line }) => line);
  expect(await lines(['rejected', 'refused'])).toEqual([2, 5, 6]);
  expect(await lines(['skipped'])).toEqual([4]);
  expect(await lines(['uncertain'])).toEqual([]);
});

test('another campaign’s rows are not among them', async () => {
  const { db } = await world();
  expect(await rowsOf(db, campaignIn(db, { name: 'news' }).id)).toEqual([]);
});

test('many rows come page by page, none twice and none lost', async () => {
  const db = emptyLedger();
  const sale = campaignIn(db);
  const lines = Array.from({ length: 7_000 }, (_, index) => index + 2);
  await importRows(
    db,
    sale,
    lines.map((line) => (line % 7 === 0 ? rejection(line) : recipient(line))),
  );
  expect((await rowsOf(db, sale.id)).map(({ line }) => line)).toEqual(lines);
});
