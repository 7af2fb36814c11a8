import Database from 'better-sqlite3';
import type { Execution, RequestRecord } from '../../src/sandbox/log/records.js';
import { EXECUTION_COLUMNS } from '../../src/sandbox/log/schema.js';

/** Number of executed sends in a sandbox's log file; also while the sandbox runs, or after it was killed. */
export function countExecutions(dbFile: string): number {
  return reading(
    dbFile,
    (log) => log.prepare<[], number>('SELECT count(*) FROM executions').pluck().get() ?? 0,
  );
}

/** How often a send to each destination was executed. */
export function executionsByPhone(dbFile: string): ReadonlyMap<string, number> {
  return reading(dbFile, (log) => {
    const rows = log
      .prepare<[], [string, number]>('SELECT destination, count(*) FROM executions GROUP BY destination')
      .raw()
      .all();
    return new Map(rows);
  });
}

/** Every executed send, in order. */
export function executionsLog(dbFile: string): readonly Execution[] {
  return reading(dbFile, (log) =>
    log.prepare<[], Execution>(`SELECT ${EXECUTION_COLUMNS} FROM executions ORDER BY id`).all(),
  );
}

/** Every request that arrived, in the order in which they were answered. */
export function requestsLog(dbFile: string): readonly RequestRecord[] {
  return reading(dbFile, (log) =>
    log
      .prepare<[], RequestRecord>(
        'SELECT at, method, path, destination, status, fault FROM requests ORDER BY id',
      )
      .all(),
  );
}

function reading<T>(dbFile: string, read: (log: Database.Database) => T): T {
  const log = new Database(dbFile, { fileMustExist: true });
  try {
    return read(log);
  } finally {
    log.close();
  }
}
