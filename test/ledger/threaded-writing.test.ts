import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { StartedRun } from '../../src/core/ledger/runs.js';
import type { Recipient, RowVerdict } from '../../src/core/recipient.js';
import { importRecipients } from '../../src/ledger/sqlite/import-recipients.js';
import { importWritingIn, LedgerThread, runWritingIn } from '../../src/ledger/sqlite/ledger-thread.js';
import { openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { SqliteRunLedger } from '../../src/ledger/sqlite/run-ledger.js';
import { startRun } from '../../src/ledger/sqlite/runs.js';
import { addSuppressions } from '../../src/ledger/sqlite/suppressions.js';
import { cancelCampaign, countDeliveries } from '../support/on-sqlite.js';
import { unwrapped } from '../support/results.js';
import { campaignIn, imported } from '../support/run-in-ledger.js';
import {
  ACCEPTED,
  DEFERRED,
  dispatchesOf,
  REFUSED,
  recipient,
  settlementOf,
  WORKSPACE,
} from '../support/sends.js';

/** Compiled: a thread has no loader for TypeScript. */
const THREAD = pathToFileURL(resolve('dist/ledger/sqlite/ledger-thread-entry.js'));

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
  const thread = new LedgerThread(db.name, THREAD);
  onTestFinished(async () => {
    await thread.close();
    db.close();
  });
  return { db, campaign, thread, ledger: new SqliteRunLedger(db, run, await runWritingIn(thread, run)) };
}

describe('a run that is written in a thread of its own', () => {
  test('has its intents on disk before they come back, and its outcomes in the order in which they came', async () => {
    const { db, ledger } = await threadedRun(5);
    const deliveries = dispatchesOf(await ledger.claim(3, 2_000));
    expect(deliveries.map(({ phone }) => phone)).toEqual([0, 1, 2].map((index) => recipient(index).phone));
    expect(db.prepare("SELECT count(*) FROM attempts WHERE outcome = 'in-flight'").pluck().get()).toBe(3);
    const [first, second, third] = deliveries as [
      (typeof deliveries)[0],
      (typeof deliveries)[0],
      (typeof deliveries)[0],
    ];
    ledger.recordOutcome(settlementOf(first, ACCEPTED));
    const claiming = ledger.claim(2, 2_000);
    ledger.recordOutcome(settlementOf(second, REFUSED));
    ledger.recordOutcome(settlementOf(third, ACCEPTED));
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

  test('skips at the claim whom another connection took out meanwhile, and at the outcome, too', async () => {
    const { db, campaign, ledger } = await threadedRun(4);
    const [delivery] = dispatchesOf(await ledger.claim(1, 2_000));
    if (delivery === undefined) throw new Error('nothing was claimed');
    const entries = [0, 1].map((index) => {
      const { person, phone } = recipient(index);
      return { person, phone, reason: 'asked', source: 'test', expiresAt: null };
    });
    addSuppressions(db, WORKSPACE, entries, 2_100);
    db.exec("UPDATE deliveries SET status = 'pending', reason = NULL WHERE status = 'skipped'");
    ledger.recordOutcome(settlementOf(delivery, DEFERRED));
    const claimed = dispatchesOf(await ledger.claim(9, 9_000));
    expect(claimed.map(({ person }) => person)).toEqual([2, 3].map((index) => recipient(index).person));
    expect(await ledger.counts()).toMatchObject({ skipped: 2, sending: 2, pending: 0 });
    cancelCampaign(db, campaign.campaignId, { by: 'maria', at: 9_500 });
    for (const left of claimed) ledger.recordOutcome(settlementOf(left, DEFERRED));
    expect(dispatchesOf(await ledger.claim(9, 99_000))).toEqual([]);
    expect(await ledger.counts()).toMatchObject({ skipped: 4, sending: 0, pending: 0 });
  });

  test('what ended the thread reaches whoever waits, and whoever asks later', async () => {
    const thread = new LedgerThread(join(folder(), 'nowhere.db'), THREAD);
    await expect(thread.call({ kind: 'import-abort' })).rejects.toThrow('ledger.missing');
    await expect(thread.call({ kind: 'import-abort' })).rejects.toThrow('ledger.missing');
    await thread.close();
  });

  test('can be closed twice, and without having begun', async () => {
    const { thread } = await threadedRun(1);
    await thread.close();
    await thread.close();
    await new LedgerThread('nowhere.db', THREAD).close();
  });
});

describe('an import that is written in a thread of its own', () => {
  const source = { file: 'r.csv', fileDigest: 'd2', settingsDigest: 's', columns: ['phone'] };

  test('is there when it has ended', async () => {
    const { db, campaign, thread } = await threadedRun(2);
    const target = { campaignId: campaign.campaignId, source, at: 3_000 };
    const summary = await importRecipients(importWritingIn(thread), target, rows(0, 1, 2, 2));
    expect(summary).toMatchObject({ rows: 4, recipients: 3, duplicates: 1, removed: 0 });
    expect(countDeliveries(db, campaign.campaignId)).toMatchObject({ pending: 3, skipped: 1 });
  });

  test('leaves the ledger as it was when the file breaks off, or a row breaks a rule', async () => {
    const { db, campaign, thread } = await threadedRun(2);
    const target = { campaignId: campaign.campaignId, source, at: 3_000 };
    const writing = importWritingIn(thread);
    await expect(importRecipients(writing, target, breakingOff())).rejects.toThrow('broken off');
    const wrong = { ...recipient(7), phone: '+51' };
    await expect(importRecipients(writing, target, inBatches([wrong]))).rejects.toMatchObject({
      code: 'SQLITE_CONSTRAINT_CHECK',
    });
    expect(countDeliveries(db, campaign.campaignId)).toMatchObject({ recipients: 2, pending: 2 });
    expect(db.prepare('SELECT count(*) FROM imports').pluck().get()).toBe(1);
  });
});

async function* rows(...people: readonly number[]): AsyncGenerator<readonly RowVerdict[]> {
  yield* inBatches(people.map((person) => recipient(person)));
}

async function* inBatches(recipients: readonly Recipient[]): AsyncGenerator<readonly RowVerdict[]> {
  for (const one of recipients) yield [{ kind: 'recipient', recipient: one }];
}

async function* breakingOff(): AsyncGenerator<readonly RowVerdict[]> {
  yield* rows(5, 6);
  throw new Error('broken off');
}
