import { expect, test } from 'vitest';
import {
  attempted,
  campaignIn,
  DAY,
  emptyLedger,
  importRows,
  NOON,
  recipient,
  rejection,
} from '../support/filled-ledger.js';
import { ledgerWarnings, planFacts } from '../support/on-sqlite.js';

test('a plan knows who would get what, who is skipped, and what is rejected', async () => {
  const db = emptyLedger();
  const sale = campaignIn(db);
  const attachment = { url: 'https://example.com/a.pdf', name: 'a.pdf' };
  await importRows(db, sale, [
    recipient(2, { attachment }),
    recipient(3, { country: 'CO', repaired: ['body.1'] }),
    recipient(4, { person: recipient(2).person }),
    rejection(5),
    rejection(6),
    recipient(7),
  ]);
  attempted(db, sale, recipient(7).person, 'accepted', NOON);
  const facts = planFacts(db, sale.id);
  expect(facts.counts).toMatchObject({ recipients: 4, pending: 2, accepted: 1, skipped: 1, rejected: 2 });
  expect(facts.counts.recipients + facts.counts.rejected).toBe(6);
  expect(facts).toMatchObject({
    skippedByReason: { duplicate: 1 },
    rejectedByReason: { 'phone.invalid': 2 },
    countries: { PE: 1, CO: 1 },
    repaired: 1,
  });
  expect(facts.messages).toEqual([
    { line: 2, phone: recipient(2).phone, body: [{ variable: '1', value: 'Ana' }], header: [], attachment },
    {
      line: 3,
      phone: recipient(3).phone,
      body: [{ variable: '1', value: 'Ana' }],
      header: [],
      attachment: null,
    },
  ]);
  expect(facts.rejections.map(({ line, column, value }) => [line, column, value])).toEqual([
    [5, 'phone', 'abc'],
    [6, 'phone', 'abc'],
  ]);
});

test('a campaignName that another campaign uses is a warning, in the same workspace alone', () => {
  const db = emptyLedger();
  const sale = campaignIn(db);
  expect(ledgerWarnings(db, sale, NOON)).toEqual([]);
  campaignIn(db, { workspace: 'elsewhere', name: 'news' });
  expect(ledgerWarnings(db, sale, NOON)).toEqual([]);
  campaignIn(db, { name: 'news' });
  expect(ledgerWarnings(db, sale, NOON)).toEqual([
    { code: 'warning.same-campaign-name', params: { campaignName: 'Sale', other: 'news' } },
  ]);
});

test('the same message to the same people a few days ago is a warning', async () => {
  const db = emptyLedger();
  const [sale, old] = [campaignIn(db), campaignIn(db, { name: 'old', campaignName: 'Old' })];
  for (const campaign of [sale, old]) await importRows(db, campaign, [recipient(2), recipient(3)]);
  attempted(db, old, recipient(2).person, 'accepted', NOON - 2 * DAY);
  expect(ledgerWarnings(db, sale, NOON)).toEqual([
    { code: 'warning.same-message', params: { people: 1, other: 'old', more: 'no' } },
  ]);
  expect(ledgerWarnings(db, sale, NOON + 6 * DAY)).toEqual([]);
});

test('counts say of the accepted ones what the list said later, by an index', async () => {
  const db = emptyLedger();
  const sale = campaignIn(db);
  await importRows(db, sale, [recipient(2), recipient(3), recipient(4), recipient(5)]);
  for (const line of [2, 3, 4]) attempted(db, sale, recipient(line).person, 'accepted', NOON);
  const confirm = db.prepare('UPDATE deliveries SET confirmation = ? WHERE person = ?');
  confirm.run('listed', recipient(2).person);
  confirm.run('listed', recipient(3).person);
  confirm.run('failed', recipient(4).person);
  const { counts } = planFacts(db, sale.id);
  expect(counts).toMatchObject({ recipients: 4, accepted: 3, listed: 2, failed: 1 });
  const plan = db
    .prepare(
      'EXPLAIN QUERY PLAN SELECT count(*) FROM deliveries WHERE campaign_id = 1 AND confirmation IS NOT NULL',
    )
    .all() as { detail: string }[];
  expect(plan[0]?.detail).toContain('deliveries_confirmed');
});
