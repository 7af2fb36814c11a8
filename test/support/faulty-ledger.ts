import Database from 'better-sqlite3';
import type { LedgerDatabase } from '../../src/ledger/open-ledger.js';

/** Where a statement may fail: before it runs, at the commit of its transaction, or right after that commit. */
export type LedgerStep = 'begin' | 'statement' | 'commit' | 'committed';

/** Asked at every step; what it returns is thrown. */
export type LedgerFaults = (step: LedgerStep) => Error | null;

/** An error as SQLite gives it, such as `SQLITE_FULL`. */
export function sqliteError(code: string): Error {
  return new Database.SqliteError(`injected ${code}`, code);
}

/**
 * The ledger's own database with faults in front of it. What fails before a commit is rolled back, as SQLite does
 * it; `committed` fails with the data on disk, as a failed sync may. Reads and writes are SQLite's.
 */
export function faultyLedger(db: LedgerDatabase, faults: LedgerFaults): LedgerDatabase {
  const strike = (step: LedgerStep): void => {
    const error = faults(step);
    if (error !== null) throw error;
  };
  const transaction = (work: (...args: unknown[]) => unknown): unknown => {
    const whole = db.transaction((...args: unknown[]) => {
      const result = work(...args);
      strike('commit');
      return result;
    });
    const run =
      (begin: (...args: unknown[]) => unknown) =>
      (...args: unknown[]): unknown => {
        strike('begin');
        const result = begin(...args);
        strike('committed');
        return result;
      };
    return Object.assign(run(whole), { immediate: run(whole.immediate) });
  };
  return new Proxy(db, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => faultyStatement(target.prepare(sql), strike);
      if (name === 'transaction') return transaction;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const RUNNING = new Set(['run', 'get', 'all', 'iterate']);

function faultyStatement(statement: object, strike: (step: LedgerStep) => void): object {
  return new Proxy(statement, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        if (RUNNING.has(String(name))) strike('statement');
        const result: unknown = value.apply(target, args);
        return result === target ? faultyStatement(target, strike) : result;
      };
    },
  });
}
