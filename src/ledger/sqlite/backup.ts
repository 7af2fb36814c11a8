import { existsSync, statSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { LedgerBackup } from '../../core/ledger/locks.js';
import { failed, ok, type Result, systemCode } from '../../core/problem.js';
import { giveName } from '../../files/new-file.js';
import { createPrivate } from '../../files/private-file.js';
import { syncFile } from '../../files/sync.js';
import { temporaryName } from '../../files/target.js';
import { sqliteCode } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';

/** All pages in one go: a copy in steps would begin anew with every commit of a run that goes on. */
const ALL_PAGES = 0x7fffffff;

/**
 * Copies the ledger to `file` with SQLite's online backup, consistent as of one moment, while others go on writing.
 * The copy is read through (`integrity_check`) before it gets its name, readable by its owner alone; a file that is
 * there is never replaced. Problems: `backup.exists`, `backup.no-folder`, `backup.unwritable`, `backup.damaged`.
 */
export async function backupLedger(db: LedgerDatabase, file: string): Promise<Result<LedgerBackup>> {
  if (existsSync(file)) return failed({ code: 'backup.exists', params: { file } });
  const folder = dirname(file);
  if (!existsSync(folder)) return failed({ code: 'backup.no-folder', params: { folder } });
  const temporary = join(folder, temporaryName());
  try {
    createPrivate(temporary);
    await db.backup(temporary, { progress: () => ALL_PAGES });
    if (!isWhole(temporary)) return failed({ code: 'backup.damaged', params: { file: db.name } });
    syncFile(temporary);
    giveName(temporary, file);
    return ok({ file, bytes: statSync(file).size });
  } catch (error) {
    const detail = reasonOf(error);
    if (detail === null) throw error;
    if (detail === 'EEXIST') return failed({ code: 'backup.exists', params: { file } });
    return failed({ code: 'backup.unwritable', params: { file, detail } });
  } finally {
    for (const name of [temporary, `${temporary}-journal`]) if (existsSync(name)) unlinkSync(name);
  }
}

/** Reads the copy through. It leaves WAL mode first, so that the backup is one file and needs no other. */
function isWhole(file: string): boolean {
  const copy = new Database(file);
  try {
    copy.pragma('journal_mode = DELETE');
    return copy.pragma('integrity_check(1)', { simple: true }) === 'ok';
  } catch (error) {
    if (sqliteCode(error)?.startsWith('SQLITE_CORRUPT')) return false;
    throw error;
  } finally {
    copy.close();
  }
}

/** The code of an error of SQLite or of the file system; null: it is another one. */
function reasonOf(error: unknown): string | null {
  return sqliteCode(error) ?? systemCode(error);
}
