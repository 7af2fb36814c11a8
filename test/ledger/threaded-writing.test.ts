import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { SqliteRunLedger } from '../../src/ledger/run-ledger.js';
import type { StartedRun } from '../../src/ledger/run-writer.js';
import { NOTHING_SETTLED } from '../../src/ledger/run-writer.js';
import { startRun } from '../../src/ledger/runs.js';
import { ThreadedWriting } from '../../src/ledger/threaded-writing.js';
import { unwrapped } from '../support/results.js';
import {
  ACCEPTED,
  campaignIn,
  dispatchesOf,
  imported,
  REFUSED,
  recipient,
  settlementOf,
  WORKSPACE,
} from '../support/run-in-ledger.js';

/** Compiled: a thread has no loader for TypeScript. */
const THREAD = pathToFileURL(resolve('dist/ledger/run-thread.js'));

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'plazcast-thread-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function threadedRun(people: number) {
  const db = unwrapped(openLedger(join(folder(), 'ledger.db'), { mode: 'create' }));
  const campaign = campaignIn(db);
  await imported(
    campaign,
    Array.from({ length: people }, (_, index) => recipient(index)),
  );
  const runId = startRun(db, campaign.campaignId, { pid: 1, host: 'h', at: 1_000, ratePerSecond: 1 });
  const run: StartedRun = { runId, campaignId: campaign.campaignId, workspace: WORKSPACE, limit: null };
  const writing = new ThreadedWriting(db.name, run, THREAD);
  onTestFinished(async () => {
    await writing.close();
    db.close();
  });
  return { db, writing, ledger: new SqliteRunLedger(db, run, writing) };
}

describe('a run that is written in a thread of its own', () => {
  test('has its intents on disk before they come back, and its outcomes in the order in which they came', async () => {
    const { db, ledger } = await threadedRun(5);
    const dispatches = dispatchesOf(await ledger.claim(3, 2_000));
    expect(dispatches.map(({ phone }) => phone)).toEqual([0, 1, 2].map((index) => recipient(index).phone));
    expect(db.prepare("SELECT count(*) FROM attempts WHERE outcome = 'in-flight'").pluck().get()).toBe(3);
    const [first, second, third] = dispatches as [
      (typeof dispatches)[0],
      (typeof dispatches)[0],
      (typeof dispatches)[0],
    ];
    ledger.settle(settlementOf(first, ACCEPTED));
    const claiming = ledger.claim(2, 2_000);
    ledger.settle(settlementOf(second, REFUSED));
    ledger.settle(settlementOf(third, ACCEPTED));
    expect(dispatchesOf(await claiming).length).toBe(2);
    expect(await ledger.flush()).toEqual({ kind: 'written' });
    expect(await ledger.counts()).toMatchObject({ accepted: 2, refused: 1, sending: 2, pending: 0 });
  });

  test('claims that were made together are answered one after the other', async () => {
    const { ledger } = await threadedRun(9);
    const claims = await Promise.all([
      ledger.claim(4, 2_000),
      ledger.claim(4, 2_000),
      ledger.claim(4, 2_000),
    ]);
    expect(claims.map((claim) => dispatchesOf(claim).length)).toEqual([4, 4, 1]);
  });

  test('an error that is no expected one reaches whoever waits, and whoever asks later', async () => {
    const run: StartedRun = { runId: 1, campaignId: 1, workspace: WORKSPACE, limit: null };
    const writing = new ThreadedWriting(join(folder(), 'nowhere.db'), run, THREAD);
    await expect(writing.claim(NOTHING_SETTLED, 1, 1)).rejects.toThrow('ledger.missing');
    await expect(writing.settle(NOTHING_SETTLED)).rejects.toThrow('ledger.missing');
    await writing.close();
  });

  test('can be closed twice', async () => {
    const { writing } = await threadedRun(1);
    await writing.close();
    await writing.close();
  });
});
