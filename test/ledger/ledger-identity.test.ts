import { copyFileSync, linkSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FileWatch, fileIdentity } from '../../src/files/file-identity.js';
import { keepLostLedger } from '../../src/ledger/sqlite/lost-ledger.js';
import { type LedgerDatabase, openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import {
  changesAfterSend,
  countDeliveries,
  holdsAttempt,
  lastAttempt,
  ledgerId,
  openCampaign,
} from '../support/on-sqlite.js';
import { ON_WINDOWS } from '../support/on-windows.js';
import { problemsOf, unwrapped } from '../support/results.js';
import { type CampaignPlace, campaignIn, imported, runIn } from '../support/run-in-ledger.js';
import { ACCEPTED, dispatchesOf, recipient, settlementOf, WORKSPACE } from '../support/sends.js';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'plazcast-identity-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function opened(file: string): LedgerDatabase {
  const db = unwrapped(openLedger(file, { mode: 'create' }));
  onTestFinished(() => void db.close());
  return db;
}

/** Sends to so many people of the campaign. */
async function sent(place: CampaignPlace, count: number): Promise<void> {
  const run = runIn(place);
  for (const delivery of dispatchesOf(await run.claim(count, 2_000)))
    run.recordOutcome(settlementOf(delivery, ACCEPTED));
  await run.end(3_000, null, 'finished');
}

const people = (count: number) => Array.from({ length: count }, (_, index) => recipient(index));

describe('the id of a ledger', () => {
  test('is a UUID of its own, which every copy has', async () => {
    const place = folder();
    const [one, other] = [opened(join(place, 'one.db')), opened(join(place, 'other.db'))];
    const id = ledgerId(one);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
    expect(ledgerId(other)).not.toBe(id);
    await one.backup(join(place, 'copy.db'));
    expect(ledgerId(opened(join(place, 'copy.db')))).toBe(id);
  });

  test('stays one row', () => {
    const db = opened(':memory:');
    expect(() => db.exec("INSERT INTO ledger_identity VALUES (2, 'another')")).toThrow(/CHECK/u);
  });
});

describe('the last attempt of a campaign', () => {
  test("is the campaign's own, whatever others sent since", async () => {
    const db = opened(':memory:');
    const [sale, news] = [campaignIn(db, 'sale'), campaignIn(db, 'news')];
    for (const place of [sale, news]) await imported(place, people(3));
    expect(lastAttempt(db, sale.campaignId)).toBeNull();
    await sent(sale, 2);
    await sent(news, 3);
    expect(lastAttempt(db, sale.campaignId)).toEqual({ attemptId: 2, runId: 1, runStartedAt: 1_000 });
    expect(lastAttempt(db, news.campaignId)).toMatchObject({ attemptId: 5, runId: 2 });
    await sent(sale, 1);
    expect(lastAttempt(db, sale.campaignId)).toMatchObject({ attemptId: 6, runId: 3 });
  });

  test('is held by the ledger it came from, under its campaign and run alone', async () => {
    const db = opened(':memory:');
    const sale = campaignIn(db);
    await imported(sale, people(2));
    await sent(sale, 2);
    const mark = { attemptId: 2, runId: 1, runStartedAt: 1_000 };
    const key = { workspace: WORKSPACE, name: 'sale' };
    expect(holdsAttempt(db, key, mark)).toBe(true);
    for (const other of [{ attemptId: 3 }, { runId: 2 }, { runStartedAt: 1_001 }])
      expect(holdsAttempt(db, key, { ...mark, ...other })).toBe(false);
    expect(holdsAttempt(db, { ...key, name: 'news' }, mark)).toBe(false);
    expect(holdsAttempt(db, { ...key, workspace: 'other' }, mark)).toBe(false);
  });
});

describe('the file of an open ledger', () => {
  // No open ledger can be renamed or deleted on Windows.
  test.skipIf(ON_WINDOWS)('is watched by what it is, not by its name', () => {
    const place = folder();
    const file = join(place, 'ledger.db');
    opened(file);
    const watch = new FileWatch(fileIdentity(file) ?? expect.fail());
    // Other systems do not tell where an open file is.
    const where = (path: string) => (process.platform === 'linux' ? path : null);
    expect([watch.isThere(), watch.whereNow()]).toEqual([true, where(file)]);
    renameSync(file, join(place, 'moved.db'));
    expect(watch.isThere()).toBe(false);
    expect(watch.whereNow()).toBe(where(join(place, 'moved.db')));
    writeFileSync(file, 'another');
    expect(watch.isThere()).toBe(false);
    expect(fileIdentity(join(place, 'nothing'))).toBeNull();
  });

  test.skipIf(ON_WINDOWS).each(['deleted', 'replaced'] as const)(
    '%s is saved to a new name, log and all',
    async (how) => {
      const place = folder();
      const file = join(place, 'ledger.db');
      const db = opened(file);
      const campaign = campaignIn(db);
      await imported(campaign, people(5));
      const watch = new FileWatch(fileIdentity(file) ?? expect.fail());
      rmSync(file);
      if (how === 'replaced') copyFileSync(import.meta.filename, file);
      await sent(campaign, 5);
      writeFileSync(join(place, 'ledger.db.saved.db'), 'taken');
      const kept = await keepLostLedger(db, watch, '/nowhere');
      const saved = join(place, 'ledger.db.saved-2.db');
      expect(kept).toEqual({ kind: 'saved', file: fileIdentity(saved) });
      const again = opened(saved);
      expect([countDeliveries(again, 1).accepted, ledgerId(again)]).toEqual([5, ledgerId(db)]);
    },
  );

  test('that cannot be saved anywhere is lost, and why', async () => {
    const place = folder();
    const file = join(place, 'in', 'ledger.db');
    const db = opened(join(place, 'ledger.db'));
    const identity = { path: file, device: '0', inode: '0' };
    const kept = await keepLostLedger(db, new FileWatch(identity), join(place, 'also-missing'));
    expect(kept).toEqual({ kind: 'lost', detail: 'backup.no-folder' });
  });

  test.each(['create', 'existing', 'read'] as const)('with a second name is not opened to %s', (mode) => {
    const place = folder();
    unwrapped(openLedger(join(place, 'ledger.db'), { mode: 'create' })).close();
    linkSync(join(place, 'ledger.db'), join(place, 'linked.db'));
    for (const name of ['ledger.db', 'linked.db'])
      expect(problemsOf(openLedger(join(place, name), { mode }))).toMatchObject([
        { code: 'ledger.several-names' },
      ]);
  });
});

describe('the key of a campaign that was sent', () => {
  const entry = {
    workspace: WORKSPACE,
    name: 'sale',
    baseUrl: 'http://127.0.0.1',
    file: '/sale/campaign.yaml',
    template: 'sale_es',
    type: 'campaign',
    campaignName: 'sale',
    keyColumn: 'Order id',
  } as const;

  async function sentWith(keyColumn: string | null): Promise<LedgerDatabase> {
    const db = opened(':memory:');
    const { id } = unwrapped(openCampaign(db, { ...entry, keyColumn }, false, 1_000));
    await imported({ db, campaignId: id }, people(1));
    await sent({ db, campaignId: id }, 1);
    return db;
  }

  test.each([
    [null, 'order_id', 'campaign.key-added'],
    ['order_id', 'invoice', 'campaign.key-changed'],
    ['order_id', null, 'campaign.key-removed'],
  ])('from %j to %j needs acceptChanges once', async (before, after, code) => {
    const db = await sentWith(before);
    const next = { ...entry, keyColumn: after };
    expect(problemsOf(openCampaign(db, next, false, 4_000))).toMatchObject([{ code }]);
    expect(changesAfterSend(db, next)).toMatchObject([{ code, at: { file: entry.file } }]);
    expect(unwrapped(openCampaign(db, next, true, 4_000)).keyColumn).toBe(after);
    expect(openCampaign(db, next, false, 4_000).ok).toBe(true);
  });

  test('is no other one in another spelling of its column', async () => {
    const db = await sentWith('Orden  Nº');
    expect(changesAfterSend(db, { ...entry, keyColumn: ' orden nº' })).toEqual([]);
  });

  test('may change while nobody got it, and is told beside other changes', async () => {
    const db = opened(':memory:');
    unwrapped(openCampaign(db, { ...entry, keyColumn: null }, false, 1_000));
    expect(openCampaign(db, entry, false, 1_000).ok).toBe(true);
    const sentDb = await sentWith(null);
    expect(changesAfterSend(sentDb, { ...entry, template: 'other' })).toMatchObject([
      { code: 'campaign.changed-after-send' },
      { code: 'campaign.key-added' },
    ]);
  });
});
