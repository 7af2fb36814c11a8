import type { LedgerRow, LedgerRows } from '../../core/ledger/ledger-copy.js';
import { behindRow, COPIED_TABLES, copiedPage, copiedTable } from '../sql/copied-tables.js';
import type { Sql } from './database.js';
import { guarded } from './postgres-problem.js';

/** What a ledger holds, table by table. */
export function rowsIn(sql: Sql, file: string): LedgerRows {
  return {
    tables: COPIED_TABLES.map(({ name }) => name),
    count: async (table) => {
      const counted = sql.row<{ count: number }>(`SELECT count(*) AS count FROM ${table}`);
      return (await guarded(file, () => counted))?.count ?? 0;
    },
    rows: (table) => pagesOf(sql, table, file),
  };
}

async function* pagesOf(sql: Sql, name: string, file: string): AsyncGenerator<readonly LedgerRow[]> {
  const table = copiedTable(name);
  let page = await guarded(file, () => sql.lists<LedgerRow>(copiedPage(table, false)));
  for (;;) {
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    const behind = behindRow(table, last);
    page = await guarded(file, () => sql.lists<LedgerRow>(copiedPage(table, true), behind));
  }
}

/** Every table that somebody who works with the ledger changes: what is moved, and what machines share meanwhile. */
export const CHANGED_TABLES: readonly string[] = [
  'taking_out',
  'leases',
  'entered_runs',
  'machines',
  'sessions',
  ...COPIED_TABLES.map(({ name }) => name),
];

/** Keeps everybody else from changing a ledger until the transaction is over; reading goes on. */
export async function lockTables(sql: Sql): Promise<void> {
  // A move takes as long as it takes, and waits for nobody.
  await sql.run(`SELECT set_config('idle_in_transaction_session_timeout', '0', true),
    set_config('lock_timeout', '5s', true)`);
  await sql.run(`LOCK TABLE ${CHANGED_TABLES.join(', ')} IN SHARE ROW EXCLUSIVE MODE`);
}
