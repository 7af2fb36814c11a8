import Database from 'better-sqlite3';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';

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
 * it; `committed` fails with the data on disk: an error does not tell that a commit is not there. Reads and writes are SQLite's.
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
  const known = compiled.get(db) ?? new Map<string, LedgerStatement>();
  compiled.set(db, known);
  const prepare = (sql: string): object => {
    const statement = known.get(sql) ?? db.prepare(sql);
    known.set(sql, statement);
    return faultyStatement(statement, strike);
  };
  return new Proxy(db, {
    get(target, name) {
      if (name === 'prepare') return prepare;
      if (name === 'transaction') return transaction;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

type LedgerStatement = Database.Statement<unknown[]>;

/** Compiling SQL is what a simulation would spend its time on, so equal texts share a statement. */
const compiled = new WeakMap<LedgerDatabase, Map<string, LedgerStatement>>();

function faultyStatement(statement: LedgerStatement, strike: (step: LedgerStep) => void): object {
  let plucked = false;
  let raw = false;
  const ready = (): LedgerStatement => {
    strike('statement');
    return statement.reader ? statement.pluck(plucked).raw(raw) : statement;
  };
  const faulty = {
    pluck: (): object => {
      plucked = true;
      return faulty;
    },
    raw: (wanted: boolean): object => {
      raw = wanted;
      return faulty;
    },
    run: (...args: unknown[]): unknown => ready().run(...args),
    get: (...args: unknown[]): unknown => ready().get(...args),
    all: (...args: unknown[]): unknown => ready().all(...args),
  };
  return faulty;
}
