import { describe, expect, it } from 'vitest';
import type { ClockReading } from '../../src/core/steady-time.js';
import { RunClock } from '../../src/ledger/sql/run-clock.js';
import { openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { SqliteRunLedger, writingHere } from '../../src/ledger/sqlite/run-ledger.js';
import { startRun } from '../../src/ledger/sqlite/runs.js';
import { unwrapped } from '../support/results.js';
import { campaignIn, imported } from '../support/run-in-ledger.js';
import { ACCEPTED, dispatchesOf, recipient, settlementOf, WORKSPACE } from '../support/sends.js';

const NOON = 1_800_000_000_000;
const first: ClockReading = { at: NOON, bootId: 'a', monotonicMs: 5_000.25, providerOffsetMs: null };

/** A run of ten people whose clocks the test sets. */
async function run() {
  const db = unwrapped(openLedger(':memory:', { mode: 'create' }));
  const place = campaignIn(db);
  await imported(
    place,
    Array.from({ length: 10 }, (_, index) => recipient(index)),
  );
  const runId = startRun(db, place.campaignId, { pid: 1, host: 'h', at: NOON, ratePerSecond: 1 });
  const started = { runId, campaignId: place.campaignId, workspace: WORKSPACE, limit: null };
  const clocks = { now: first };
  const clock = new RunClock(() => clocks.now);
  const ledger = new SqliteRunLedger(db, started, writingHere(db, started), clock);
  const pass = (ms: number, over: Partial<ClockReading> = {}): void => {
    const { at, monotonicMs } = clocks.now;
    clocks.now = { ...clocks.now, at: at + ms, monotonicMs: monotonicMs + ms, ...over };
  };
  const known = () =>
    db
      .prepare(
        'SELECT after_attempt_id AS after, at, boot_id, monotonic_ms, provider_offset_ms FROM run_clocks',
      )
      .all();
  return { db, ledger, clocks, pass, known };
}

describe('the clocks of a run', () => {
  it('are written with its first claim, before the attempts that begin by them, and not again', async () => {
    const { ledger, pass, known } = await run();
    await ledger.claim(2, NOON);
    pass(3_600_000);
    await ledger.claim(2, NOON + 3_600_000);
    expect(known()).toEqual([
      { after: 0, at: NOON, boot_id: 'a', monotonic_ms: 5_000.25, provider_offset_ms: null },
    ]);
  });

  it('are written again when the wall clock was set', async () => {
    const { ledger, pass, known, clocks } = await run();
    await ledger.claim(2, NOON);
    pass(1_000, { at: NOON - 3_600_000 });
    await ledger.claim(2, clocks.now.at);
    expect(known()).toMatchObject([{ after: 0 }, { after: 2, at: NOON - 3_600_000 }]);
  });

  it('are written again when an answer first told the provider’s clock, also with the last outcomes', async () => {
    const { ledger, pass, known } = await run();
    const [delivery] = dispatchesOf(await ledger.claim(1, NOON));
    if (delivery === undefined) throw new Error('nobody was claimed');
    ledger.recordOutcome(settlementOf(delivery, ACCEPTED));
    pass(400, { providerOffsetMs: -700 });
    await ledger.flush();
    pass(400, { providerOffsetMs: -650 });
    await ledger.claim(1, NOON + 800);
    expect(known()).toMatchObject([
      { after: 0, provider_offset_ms: null },
      { after: 1, provider_offset_ms: -700 },
    ]);
  });

  it('are told again when they could not be written', async () => {
    const { db, ledger, known } = await run();
    db.pragma('query_only = ON');
    expect(await ledger.claim(1, NOON)).toMatchObject({ kind: 'failed' });
    db.pragma('query_only = OFF');
    await ledger.claim(1, NOON);
    expect(known()).toHaveLength(1);
  });
});
