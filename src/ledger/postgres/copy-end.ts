import type pg from 'pg';
import type { LedgerMode } from '../../core/ledger/ledger.js';
import type { Result } from '../../core/problem.js';
import { failed } from '../../core/problem.js';
import { problemOf } from '../sql/guarded.js';
import { postgresAddress } from './address.js';
import { Database, type Sql, statementsOn } from './database.js';
import { readied } from './open-ledger.js';
import { guarded } from './postgres-problem.js';

/** One end of a move: a transaction that ends with `commit`, and is given up where that is never called. */
export interface CopyEnd {
  readonly sql: Sql;
  readonly client: pg.ClientBase;
  /** The address without password. */
  readonly name: string;
  commit(): Promise<void>;
}

/** Works with a ledger of PostgreSQL within one transaction on a connection of its own. */
export async function asLedger<T>(
  named: string,
  mode: LedgerMode,
  work: (end: CopyEnd) => Promise<Result<T>>,
): Promise<Result<T>> {
  const address = postgresAddress(named);
  if (!address.ok) return address;
  const { name, config } = address.value;
  const db = new Database(config);
  try {
    const ready = await readied(db, address.value, mode);
    if (!ready.ok) return failed(...ready.problems);
    return await guarded(name, () => db.onConnection((client) => inTransaction(client, name, work)));
  } catch (error) {
    return problemOf(error);
  } finally {
    await db.close();
  }
}

async function inTransaction<T>(
  client: pg.PoolClient,
  name: string,
  work: (end: CopyEnd) => Promise<T>,
): Promise<T> {
  let isOpen = true;
  const end = async (word: 'COMMIT' | 'ROLLBACK'): Promise<void> => {
    isOpen = false;
    await client.query(word);
  };
  await client.query(
    "BEGIN; SELECT set_config('search_path', 'plazcast', true), set_config('synchronous_commit', 'on', true)",
  );
  try {
    return await work({ sql: statementsOn(client), client, name, commit: () => end('COMMIT') });
  } finally {
    if (isOpen) await end('ROLLBACK').catch(() => undefined);
  }
}
