import Database from 'better-sqlite3';
import { LedgerError } from '../../core/ledger/ledger.js';
import type { Problem } from '../../core/problem.js';
import { movedToIn } from '../sql/moved.js';

/** SQLite's own name of what went wrong, such as `SQLITE_BUSY`; null for anything that is not SQLite's. */
export function sqliteCode(error: unknown): string | null {
  return error instanceof Database.SqliteError ? error.code : null;
}

/**
 * What a person can do about an error of the database. An error that is no expected one (a broken constraint, a
 * bug) is thrown again.
 */
export function ledgerProblem(error: unknown, file: string): Problem {
  const code = sqliteCode(error);
  const params = { file };
  if (code === null) throw error;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return { code: 'ledger.busy', params };
  if (code.startsWith('SQLITE_READONLY')) return { code: 'ledger.read-only', params };
  if (code.startsWith('SQLITE_CANTOPEN')) return { code: 'ledger.cannot-open', params };
  // The index of the log cannot be made where there is no room.
  if (code.startsWith('SQLITE_FULL') || code === 'SQLITE_IOERR_SHMSIZE')
    return { code: 'ledger.full', params };
  if (code.startsWith('SQLITE_CORRUPT')) return { code: 'ledger.damaged', params };
  if (code.startsWith('SQLITE_NOTADB')) return { code: 'ledger.not-a-ledger', params };
  if (code.startsWith('SQLITE_IOERR')) return { code: 'ledger.io', params: { file, detail: code } };
  const to = code === 'SQLITE_CONSTRAINT_TRIGGER' && error instanceof Error ? movedToIn(error.message) : null;
  if (to !== null) return { code: 'ledger.moved', params: { file, to } };
  throw error;
}

/** Does some work on the ledger. An error of the database comes out as a `LedgerError`; any other is a bug and stays one. */
export async function guarded<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw ledgerErrorOf(error, file);
  }
}

/** The `LedgerError` that an error of the database is; any other error as it is. */
export function ledgerErrorOf(error: unknown, file: string): unknown {
  return sqliteCode(error) === null ? error : new LedgerError(ledgerProblem(error, file), error);
}
