import { expect, test } from 'vitest';
import {
  attempted,
  campaignIn,
  emptyLedger,
  importRows,
  MINUTE,
  NOON,
  recipient,
  rejection,
} from '../support/filled-ledger.js';
import { reportSummary } from '../support/on-sqlite.js';

test('a campaign without an attempt has a summary, too', () => {
  const db = emptyLedger();
  const summary = reportSummary(db, campaignIn(db), 'Tienda', NOON);
  expect(summary).toMatchObject({
    campaign: { name: 'sale', template: 'sale_es', workspace: 'Tienda' },
    generatedAt: NOON,
    counts: { recipients: 0 },
    runs: [],
    timeline: [],
    latency: null,
    attempts: [],
    rejections: [],
    cost: null,
    replies: null,
  });
});

test('attempts are summed up by minute, reason, country and number', async () => {
  const db = emptyLedger();
  const sale = campaignIn(db);
  await importRows(db, sale, [
    recipient(2),
    recipient(3),
    recipient(4, { country: 'CO' }),
    recipient(5),
    rejection(6),
  ]);
  attempted(db, sale, recipient(2).person, 'accepted', NOON + 1_000);
  attempted(db, sale, recipient(3).person, 'refused', NOON + 59_000, {
    reason: 'row-data',
    errorCode: '132000',
  });
  attempted(db, sale, recipient(4).person, 'uncertain', NOON + MINUTE, { reason: 'no-answer' });
  const summary = reportSummary(db, sale, 'Tienda', NOON);
  expect(summary.timeline).toEqual([
    { at: NOON, accepted: 1, refused: 1, uncertain: 0, deferred: 0 },
    { at: NOON + MINUTE, accepted: 0, refused: 0, uncertain: 1, deferred: 0 },
  ]);
  expect(
    summary.reasons.map(({ status, reason, errorCode, count }) => [status, reason, errorCode, count]),
  ).toEqual([
    ['uncertain', 'no-answer', null, 1],
    ['pending', 'pending', null, 1],
    ['rejected', 'phone.invalid', null, 1],
    ['refused', 'row-data', '132000', 1],
  ]);
  expect(summary.countries).toEqual([
    { country: 'PE', recipients: 3, accepted: 1, refused: 1, uncertain: 0 },
    { country: 'CO', recipients: 1, accepted: 0, refused: 0, uncertain: 1 },
  ]);
  expect(summary.attempts).toEqual([{ attempts: 1, deliveries: 3 }]);
  expect(summary.runs).toHaveLength(3);
  expect(summary.rejections).toMatchObject([{ line: 6, reason: 'phone.invalid' }]);
});

test('latency is by rank among the answers', async () => {
  const db = emptyLedger();
  const sale = campaignIn(db);
  const lines = Array.from({ length: 100 }, (_, index) => index + 2);
  await importRows(
    db,
    sale,
    lines.map((line) => recipient(line)),
  );
  for (const line of lines)
    attempted(db, sale, recipient(line).person, 'accepted', NOON, { tookMs: (line - 1) * 10 });
  expect(reportSummary(db, sale, '', NOON).latency).toEqual({ p50Ms: 500, p90Ms: 900, p99Ms: 990 });
});

test('one answer is every percentile', async () => {
  const db = emptyLedger();
  const sale = campaignIn(db);
  await importRows(db, sale, [recipient(2)]);
  attempted(db, sale, recipient(2).person, 'accepted', NOON, { tookMs: 40 });
  expect(reportSummary(db, sale, '', NOON).latency).toEqual({ p50Ms: 40, p90Ms: 40, p99Ms: 40 });
});
