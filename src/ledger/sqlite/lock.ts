import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { BOUNDS } from '../../core/bounds.js';
import type { HeldLock, LockHolder, LockTaken } from '../../core/ledger/locks.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { makeFolders } from '../../files/make-folders.js';
import { readOrdinarySync } from '../../files/ordinary-file.js';
import { createPrivate, foundAt, replacePrivate, unfitFor } from '../../files/private-file.js';
import { sqliteCode } from './ledger-problem.js';

/** `lockHolder` of another process holds a lock for an instant; a run outlasts this. */
const LOOKED_AT_MS = 250;

/**
 * Takes the lock `file`: a small SQLite database held by `BEGIN EXCLUSIVE` for as long as the run lives. The
 * kernel frees it when the process dies, however it dies: no pid file, no lease, nothing to clean up. The note
 * beside it (`file.holder`) only tells people who it is; it decides nothing. Both are readable by their owner alone: who
 * can read a database can hold a lock on it. A link is refused: behind it lies somebody's database.
 */
export function takeLock(file: string, holder: LockHolder): Result<LockTaken> {
  let db: Database.Database | null = null;
  try {
    makeFolders(dirname(file));
    const unfit = unfitFor(createPrivate(file), file);
    if (unfit !== null) return failed(unfit);
    db = new Database(file, { timeout: LOOKED_AT_MS });
    // Rollback journal: in WAL mode an exclusive transaction would let readers, and their locks, in.
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
    replacePrivate(holderFile(file), JSON.stringify(holder));
    return ok({ kind: 'held', lock: heldBy(db) });
  } catch (error) {
    db?.close();
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) return ok({ kind: 'busy', holder: holderOf(file) });
    const detail = error instanceof Error ? error.message : String(error);
    return failed({ code: 'lock.unwritable', params: { folder: dirname(file), detail } });
  }
}

/** Databases whose lock is held: better-sqlite3 closes one that nobody refers to, and its lock would be free. */
const HELD = new Set<Database.Database>();

function heldBy(db: Database.Database): HeldLock {
  HELD.add(db);
  const release = (): void => {
    HELD.delete(db);
    db.close();
  };
  return { release };
}

/** Whether somebody holds the lock right now, and who; does not wait and leaves nothing behind. */
export function lockHolder(file: string): LockHolder | null {
  if (foundAt(file) !== 'file') return null;
  try {
    const db = new Database(file, { timeout: 0, fileMustExist: true });
    try {
      db.exec('BEGIN EXCLUSIVE');
      return null;
    } finally {
      db.close();
    }
  } catch (error) {
    return sqliteCode(error)?.startsWith('SQLITE_BUSY') ? holderOf(file) : null;
  }
}

function holderFile(file: string): string {
  return `${file}.holder`;
}

function holderOf(file: string): LockHolder | null {
  try {
    return holderIn(JSON.parse(readOrdinarySync(holderFile(file), BOUNDS.lockNote).toString()));
  } catch {
    return null;
  }
}

/** The note is a file that others may have written: what is no note names nobody. */
function holderIn(note: unknown): LockHolder | null {
  if (typeof note !== 'object' || note === null) return null;
  const { pid, host, campaign, since } = note as Partial<Record<keyof LockHolder, unknown>>;
  const whole = typeof pid === 'number' && typeof since === 'number';
  return whole && typeof host === 'string' && typeof campaign === 'string'
    ? { pid, host, campaign, since }
    : null;
}

/**
 * Whether another program keeps the ledger from being written, for all of `waitMs`: commits of a run take some
 * milliseconds. Writes nothing. False also where it cannot be asked, such as on a read-only disk.
 */
export function isHeld(file: string, waitMs: number): boolean {
  try {
    const db = new Database(file, { timeout: waitMs, fileMustExist: true });
    try {
      db.exec('BEGIN IMMEDIATE');
      db.exec('ROLLBACK');
      return false;
    } finally {
      db.close();
    }
  } catch (error) {
    return sqliteCode(error)?.startsWith('SQLITE_BUSY') === true;
  }
}
