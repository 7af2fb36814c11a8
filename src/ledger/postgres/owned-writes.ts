import { LedgerError } from '../../core/ledger/ledger.js';
import type { Database, Sql } from './database.js';
import type { LeaseKeeper } from './lease-keeper.js';

/** Transactions that only the owner of a campaign and its sender may make. */
export interface OwnedWrites {
  /** Everything that `work` does happens, or nothing. Rejects with a `LedgerError` where another may be the owner by now. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/**
 * Transactions under the locks that are held here, which nobody takes until their end: so a machine that stood still while
 * another took over gives no record of the list to a second send.
 *
 * @param file how people know the ledger
 */
export function ownedWrites(db: Database, keeper: LeaseKeeper, file: string): OwnedWrites {
  return {
    transaction: (work) =>
      db.transaction(async (sql) => {
        if (await keeper.holdLocks(sql)) return work(sql);
        throw new LedgerError({ code: 'ledger.lease-lost', params: { file } }, null);
      }),
  };
}
