import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { checkIntegrity, openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { endedUncleanly } from '../support/on-sqlite.js';
import { expectMode } from '../support/on-windows.js';
import { problemsOf, unwrapped } from '../support/results.js';
import { campaignIn, imported, runIn } from '../support/run-in-ledger.js';
import { recipient } from '../support/sends.js';

function place(): { readonly folder: string; readonly file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-open-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, file: join(folder, 'ledger.db') };
}

function made(file: string): void {
  unwrapped(openLedger(file, { mode: 'create' })).close();
}

describe('opening a ledger', () => {
  test('makes one that its owner alone can read', () => {
    const { file } = place();
    const db = unwrapped(openLedger(file, { mode: 'create' }));
    campaignIn(db);
    for (const name of [file, `${file}-wal`, `${file}-shm`]) expectMode(name, 0o600);
    db.close();
  });

  test('syncs every commit, also when it is opened again', () => {
    const { file } = place();
    for (const mode of ['create', 'existing'] as const) {
      const db = unwrapped(openLedger(file, { mode }));
      expect(db.pragma('synchronous', { simple: true })).toBe(2);
      expect(db.pragma('fullfsync', { simple: true })).toBe(1);
      expect(db.pragma('checkpoint_fullfsync', { simple: true })).toBe(1);
      expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
      expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
      db.close();
    }
  });

  test.each(['existing', 'read'] as const)('to %s refuses where there is none, and makes none', (mode) => {
    const { file } = place();
    expect(problemsOf(openLedger(file, { mode }))).toMatchObject([
      { code: 'ledger.missing', params: { file } },
    ]);
    expect(() => statSync(file)).toThrow();
  });

  test.each(
    (['create', 'existing', 'read'] as const).flatMap((mode) => [
      { mode, made: 'before' as const },
      { mode, made: 'behind' as const },
    ]),
  )('to $mode while another program makes it ($made the look at its version) finds it, or none yet', (at) => {
    const { file } = place();
    writeFileSync(file, '');
    const { pragma } = Database.prototype;
    let isMade = false;
    const make = (): void => {
      isMade = true;
      made(file);
    };
    const looked = vi.spyOn(Database.prototype, 'pragma').mockImplementation(function (
      this: Database.Database,
      ...asked: Parameters<typeof pragma>
    ) {
      const isLook = !isMade && asked[0] === 'user_version';
      if (isLook && at.made === 'before') make();
      const answer: unknown = pragma.apply(this, asked);
      if (isLook && at.made === 'behind') make();
      return answer;
    });
    onTestFinished(() => looked.mockRestore());
    const opened = openLedger(file, { mode: at.mode });
    if (opened.ok) opened.value.close();
    else expect([at.mode, opened.problems]).toMatchObject(['read', [{ code: 'ledger.missing' }]]);
    expect(isMade).toBe(true);
  });

  test('refuses a folder that does not exist', () => {
    const { folder } = place();
    const problems = problemsOf(openLedger(join(folder, 'no', 'ledger.db'), { mode: 'create' }));
    expect(problems).toMatchObject([{ code: 'ledger.no-folder', params: { folder: join(folder, 'no') } }]);
  });

  test('refuses a file that is no database, and leaves it as it is', () => {
    const { file } = place();
    writeFileSync(file, 'phone,name\n51987654321,Ana\n'.repeat(100));
    const before = readFileSync(file);
    expect(problemsOf(openLedger(file, { mode: 'create' }))).toMatchObject([{ code: 'ledger.not-a-ledger' }]);
    expect(readFileSync(file)).toEqual(before);
  });

  test('refuses a database of something else, and leaves it as it is', () => {
    const { file } = place();
    const other = new Database(file);
    other.exec('CREATE TABLE bookmarks (url TEXT)');
    other.close();
    const before = readFileSync(file);
    expect(problemsOf(openLedger(file, { mode: 'create' }))).toMatchObject([{ code: 'ledger.not-a-ledger' }]);
    expect(readFileSync(file)).toEqual(before);
  });

  test('to read finds no ledger in a file in which none was made yet', () => {
    const { file } = place();
    writeFileSync(file, '');
    expect(problemsOf(openLedger(file, { mode: 'read' }))).toMatchObject([{ code: 'ledger.missing' }]);
    made(file);
    unwrapped(openLedger(file, { mode: 'read' })).close();
  });

  test.skipIf(process.getuid?.() === 0)('refuses a ledger that may not be written', () => {
    const { file } = place();
    made(file);
    chmodSync(file, 0o400);
    expect(problemsOf(openLedger(file, { mode: 'existing' }))).toMatchObject([{ code: 'ledger.read-only' }]);
  });

  test('for reading cannot write', () => {
    const { file } = place();
    made(file);
    const db = unwrapped(openLedger(file, { mode: 'read' }));
    expect(() => db.exec('DELETE FROM campaigns')).toThrow(/readonly/u);
    db.close();
  });

  test('says that a write has to wait for another program', () => {
    const { file } = place();
    made(file);
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const db = unwrapped(openLedger(file, { mode: 'existing', busyMs: 1 }));
    expect(() => db.transaction(() => undefined).immediate()).toThrow(/locked/u);
    db.close();
    other.close();
  });
});

describe('a damaged ledger', () => {
  async function damagedAt(page: number): Promise<string> {
    const { file } = place();
    const db = unwrapped(openLedger(file, { mode: 'create' }));
    await imported(
      campaignIn(db),
      Array.from({ length: 2_000 }, (_, index) => recipient(index)),
    );
    db.close();
    const bytes = readFileSync(file);
    expect(bytes.length).toBeGreaterThan((page + 8) * 4_096);
    bytes.fill(0xa5, page * 4_096, (page + 8) * 4_096);
    writeFileSync(file, bytes);
    return file;
  }

  test.each([40, 60, 80])('with broken pages from %i on is found before anything is sent', async (page) => {
    const file = await damagedAt(page);
    const opened = openLedger(file, { mode: 'existing' });
    const problems = opened.ok ? problemsOf(checkIntegrity(opened.value, 'quick')) : opened.problems;
    expect(problems).toMatchObject([{ code: 'ledger.damaged', params: { file } }]);
    if (opened.ok) opened.value.close();
  });

  test('that is whole passes both checks', () => {
    const { file } = place();
    const db = unwrapped(openLedger(file, { mode: 'create' }));
    expect(checkIntegrity(db, 'quick')).toEqual({ ok: true, value: null });
    expect(checkIntegrity(db, 'full')).toEqual({ ok: true, value: null });
    db.close();
  });

  test('an index that does not fit its table is found after a run that did not end', async () => {
    const { file } = place();
    const db = unwrapped(openLedger(file, { mode: 'create' }));
    const campaign = campaignIn(db);
    await imported(campaign, [recipient(0), recipient(1)]);
    expect(endedUncleanly(db)).toBe(false);
    runIn(campaign);
    expect(endedUncleanly(db)).toBe(true);
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    // Pending deliveries belong into this index now, and are not there.
    db.exec(
      "UPDATE sqlite_schema SET sql = replace(sql, '''uncertain''', '''pending''') WHERE name = 'deliveries_open'",
    );
    db.close();
    const again = unwrapped(openLedger(file, { mode: 'existing' }));
    expect(problemsOf(checkIntegrity(again, 'full'))).toMatchObject([{ code: 'ledger.damaged' }]);
    again.close();
  });
});
