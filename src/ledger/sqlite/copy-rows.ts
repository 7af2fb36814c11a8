import type { LedgerRow, LedgerRows } from '../../core/ledger/ledger-copy.js';
import { behindRow, COPIED_TABLES, copiedPage, copiedTable } from '../sql/copied-tables.js';
import { guarded, ledgerErrorOf } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';

/** What a ledger holds, table by table. */
export function rowsIn(db: LedgerDatabase, file: string): LedgerRows {
  return {
    tables: COPIED_TABLES.map(({ name }) => name),
    count: (table) => guarded(file, () => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get())),
    rows: (table) => pagesOf(db, table, file),
  };
}

async function* pagesOf(
  db: LedgerDatabase,
  name: string,
  file: string,
): AsyncGenerator<readonly LedgerRow[]> {
  const table = copiedTable(name);
  try {
    const next = db.prepare(copiedPage(table, true)).raw();
    let page = db.prepare(copiedPage(table, false)).raw().all() as LedgerRow[];
    for (;;) {
      const last = page.at(-1);
      if (last === undefined) return;
      yield page;
      page = next.all(behindRow(table, last)) as LedgerRow[];
    }
  } catch (error) {
    throw ledgerErrorOf(error, file);
  }
}
