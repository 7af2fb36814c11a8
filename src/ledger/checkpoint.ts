import { sqliteCode } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';

/**
 * Moves the write-ahead log into the ledger's file, as far as no reader needs it. What the disk does not take stays
 * in the log, where it is as safe; SQLite tries again after the next commits.
 */
export function checkpoint(db: LedgerDatabase): void {
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
  } catch (error) {
    if (sqliteCode(error) === null) throw error;
  }
}
