import { isDatabaseAddress } from '../core/ledger/database-address.js';
import type { LedgerCopies } from '../core/ledger/ledger-copy.js';
import { ok, type Result } from '../core/problem.js';
import { problemOf } from './sql/guarded.js';

/** Moves ledgers between files of SQLite and databases of PostgreSQL. Nothing of either is loaded before it is needed. */
export const LEDGER_COPIES: LedgerCopies = {
  nameOf: async (named) => {
    if (!isDatabaseAddress(named)) return ok(named);
    const { postgresAddress } = await import('./postgres/address.js');
    const address = postgresAddress(named);
    return address.ok ? ok(address.value.name) : address;
  },
  withSource: async (move, work) => {
    if (isDatabaseAddress(move.from)) {
      const { withPostgresSource } = await import('./postgres/copy-source.js');
      return withProblems(() => withPostgresSource(move, work));
    }
    const { withSqliteSource } = await import('./sqlite/copy-source.js');
    return withProblems(() => withSqliteSource(move, work));
  },
  withTarget: async (to, work) => {
    if (isDatabaseAddress(to)) {
      const { withPostgresTarget } = await import('./postgres/copy-target.js');
      return withProblems(() => withPostgresTarget(to, work));
    }
    const { withSqliteTarget } = await import('./sqlite/copy-target.js');
    return withProblems(() => withSqliteTarget(to, work));
  },
};

/** What a database cannot do is a problem; any other error is a bug and rejects. */
async function withProblems<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    return problemOf(error);
  }
}
