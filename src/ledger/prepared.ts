import type { Statement } from 'better-sqlite3';
import type { LedgerDatabase } from './open-ledger.js';

const STATEMENTS = new WeakMap<LedgerDatabase, Map<string, Statement>>();

/**
 * The statement of this text, compiled once for each connection: compiling takes longer than running most of them. A
 * text is either plucked wherever it is used, or nowhere.
 */
export function prepared(db: LedgerDatabase, sql: string): Statement {
  const known = STATEMENTS.get(db) ?? new Map<string, Statement>();
  STATEMENTS.set(db, known);
  const statement = known.get(sql) ?? db.prepare(sql);
  known.set(sql, statement);
  return statement;
}
