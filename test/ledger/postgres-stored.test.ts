import { describe, expect, onTestFinished, test } from 'vitest';
import { postgresAddress } from '../../src/ledger/postgres/address.js';
import { claimDue } from '../../src/ledger/postgres/claims.js';
import { Database, type Sql } from '../../src/ledger/postgres/database.js';
import { writeOutcomes } from '../../src/ledger/postgres/write-outcomes.js';
import { emptyLedgerDatabase } from '../support/postgres/ledger-database.js';
import { unwrapped } from '../support/results.js';
import { ACCEPTED, settlementOf, WORKSPACE } from '../support/sends.js';
import {
  begunIn,
  campaignIn,
  claimedBy,
  imported,
  type Place,
  people,
  runIn,
} from './suite/ledger-at-hand.js';
import { postgresAt, rawlyAt } from './suite/postgres-at-hand.js';

/** A campaign, and connections of its own to its database: with one alone, all goes through the same session. */
async function placeWith(count: number, connections: number) {
  const address = await emptyLedgerDatabase();
  const again = () => postgresAt(address);
  const place = await campaignIn({ ledger: await again(), rawly: rawlyAt(address), again });
  await imported(place, people(count));
  const db = new Database({ ...unwrapped(postgresAddress(address)).config, max: connections });
  onTestFinished(() => db.close());
  return { place, db };
}

/** What a run asks for, past its lease. */
async function claimerOf(place: Place) {
  const { runId } = await begunIn(place);
  const run = { runId, campaignId: place.campaign.id, workspace: WORKSPACE, limit: null };
  const claimed = (sql: Sql, max: number) => claimDue(sql, run, { number: 1, max, at: 1_500 });
  return { runId, claimed };
}

describe('what is done for every few messages', () => {
  test('locks nobody whom it does not take', async () => {
    const { place, db } = await placeWith(3, 2);
    const { claimed } = await claimerOf(place);
    const both = db.transaction(async (one) => {
      const first = await claimed(one, 1);
      return [first, await db.transaction((other) => claimed(other, 3))];
    });
    expect((await both).map(({ length }) => length)).toEqual([1, 2]);
  });

  test('brings as many as were asked for, in the order in which they are due, however many', async () => {
    const { place } = await placeWith(250, 1);
    const run = await runIn(place);
    const lines = (await claimedBy(run, 230)).map(({ deliveryId }) => deliveryId);
    expect(lines).toEqual(Array.from({ length: 230 }, (_, index) => index + (lines[0] ?? 0)));
    expect(await claimedBy(run, 230)).toHaveLength(20);
  });

  test('reads single rows where the tables have grown since it was planned', async () => {
    const { place, db } = await placeWith(2, 1);
    const { runId, claimed } = await claimerOf(place);
    const sent = async (sql: Sql) => {
      const outcomes = (await claimed(sql, 1)).map((one) => settlementOf(one, ACCEPTED));
      return writeOutcomes(sql, runId, outcomes);
    };
    expect(await db.transaction(sent)).toHaveLength(1);
    await imported(place, people(3_000), 'd2');
    await place.rawly(`INSERT INTO attempts (delivery_id, run_id, started_at, outcome, live)
      SELECT 1, ${runId}, 1, 'refused', NULL FROM generate_series(1, 3000)`);
    const read = await db.transaction(async (sql) => {
      expect(await sent(sql)).toHaveLength(1);
      return sql.rows(READ_HERE);
    });
    expect(read).toEqual([
      { table: 'attempts', whole: 0, isMany: false },
      { table: 'contents', whole: 0, isMany: false },
      { table: 'deliveries', whole: 0, isMany: false },
    ]);
  });
});

/** What this transaction read so far: whole tables, and more than some rows by way of an index. */
const READ_HERE = `
  SELECT relname AS table, seq_scan AS whole, idx_tup_fetch > 50 AS "isMany" FROM pg_stat_xact_user_tables
  WHERE relname IN ('deliveries', 'attempts', 'contents') ORDER BY 1`;
