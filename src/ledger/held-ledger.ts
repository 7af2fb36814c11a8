import Database from 'better-sqlite3';
import { sqliteCode } from './ledger-problem.js';

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
