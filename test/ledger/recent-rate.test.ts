import { expect, test } from 'vitest';
import { startRun } from '../../src/ledger/sqlite/runs.js';
import { campaignIn, emptyLedger, importRows, NOON, recipient } from '../support/filled-ledger.js';
import { recentRatePerSecond } from '../support/on-sqlite.js';

test('the recent rate leaves out what began after the moment of the look', async () => {
  const db = emptyLedger();
  const campaign = campaignIn(db);
  await importRows(db, campaign, [recipient(2)]);
  const runId = startRun(db, campaign.id, { pid: 1, host: 'h', at: NOON, ratePerSecond: 10 });
  const insert = db.prepare(
    "INSERT INTO attempts (delivery_id, run_id, started_at, ended_at, outcome, live, on_wire) VALUES (1, ?, ?, ?, 'deferred', NULL, 1)",
  );
  for (let index = 0; index < 60; index += 1) {
    const at = NOON + index * 100;
    insert.run(runId, at, at);
  }
  expect(recentRatePerSecond(db, runId, NOON + 4_000)).toBeCloseTo(10.25, 2);
  expect(recentRatePerSecond(db, runId, NOON - 1)).toBe(0);
});
