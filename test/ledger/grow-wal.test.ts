import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { growWal } from '../../src/ledger/sqlite/grow-wal.js';
import { type LedgerDatabase, openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { problemsOf, unwrapped } from '../support/results.js';

const RESERVE_BYTES = 4 * 1024 * 1024;

function ledgerFile(): { readonly db: LedgerDatabase; readonly file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-reserve-'));
  const file = join(folder, 'ledger.db');
  const db = unwrapped(openLedger(file, { mode: 'create' }));
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });
  return { db, file };
}

describe('room for a run', () => {
  test('is there twice: the log keeps its size and the ledger has free pages', () => {
    const { db, file } = ledgerFile();
    expect(growWal(db)).toEqual({ ok: true, value: null });
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(RESERVE_BYTES);
    expect(Number(db.pragma('freelist_count', { simple: true })) * 4_096).toBeGreaterThan(RESERVE_BYTES);
    expect(db.prepare('SELECT count(*) FROM reserve').pluck().get()).toBe(0);
  });

  test('does not grow the ledger again when it is taken again', () => {
    const { db, file } = ledgerFile();
    growWal(db);
    const { size } = statSync(file);
    growWal(db);
    expect(statSync(file).size).toBe(size);
  });

  test('that is not there is a problem, and what was half taken is given back', () => {
    const { db } = ledgerFile();
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 100}`);
    expect(problemsOf(growWal(db))).toMatchObject([{ code: 'ledger.full' }]);
    expect(db.prepare('SELECT count(*) FROM reserve').pluck().get()).toBe(0);
  });
});
