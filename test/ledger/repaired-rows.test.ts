import { expect, test } from 'vitest';
import type { ReportRow } from '../../src/core/report-data.js';
import { reportRows } from '../../src/ledger/sqlite/report-rows.js';
import { campaignIn, emptyLedger, importRows, NOON, recipient, rejection } from '../support/filled-ledger.js';
import { countRepaired, repairedRows } from '../support/on-sqlite.js';

test('rows that fixValues repaired are counted and named, those of other campaigns and removed ones not', async () => {
  const db = emptyLedger();
  const sale = campaignIn(db);
  const news = campaignIn(db, { name: 'news' });
  await importRows(db, news, [recipient(2, { repaired: ['body.9'] })]);
  await importRows(db, sale, [recipient(9, { repaired: ['body.1'] })]);
  await importRows(
    db,
    sale,
    [recipient(5), recipient(4, { repaired: ['body.1', 'header.1'] }), rejection(6)],
    NOON + 1,
  );
  expect(countRepaired(db, sale.id)).toBe(1);
  expect(repairedRows(db, sale.id)).toEqual({
    count: 1,
    first: [{ line: 4, phone: recipient(4).phone, variables: ['body.1', 'header.1'] }],
  });
});

test('the first fifty are named, the rest counted', async () => {
  const db = emptyLedger();
  const sale = campaignIn(db);
  const lines = Array.from({ length: 60 }, (_, index) => 61 - index);
  await importRows(
    db,
    sale,
    lines.map((line) => recipient(line, { repaired: ['body.1'] })),
  );
  const { count, first } = repairedRows(db, sale.id);
  expect([count, first.length, first[0]?.line, first.at(-1)?.line]).toEqual([60, 50, 2, 51]);
});

test('a row of the report says which of its values were repaired', async () => {
  const db = emptyLedger();
  const sale = campaignIn(db);
  await importRows(db, sale, [recipient(2, { repaired: ['body.1'] }), recipient(3), rejection(4)]);
  const rows: ReportRow[] = [];
  for await (const batch of reportRows(db, sale.id, null)) rows.push(...batch);
  expect(rows.map(({ repaired }) => repaired)).toEqual([['body.1'], undefined, undefined]);
});
