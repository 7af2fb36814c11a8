import { LedgerError } from '../core/ledger/ledger.js';
import type { LedgerCopies } from '../core/ledger/ledger-copy.js';
import { failed, ok, type Result } from '../core/problem.js';

/** Moves ledgers between files of SQLite and databases of PostgreSQL. Nothing of either is loaded before it is needed. */
export const LEDGER_COPIES: LedgerCopies = {
  nameOf: async (named) => {
    const { isPostgresAddress, postgresAddress } = await import('./postgres/address.js');
    if (!isPostgresAddress(named)) return ok(named);
    const address = postgresAddress(named);
    return address.ok ? ok(address.value.name) : address;
  },
  withSource: async (move, work) => {
    if (await isInPostgres(move.from)) {
      const { withPostgresSource } = await import('./postgres/copy-source.js');
      return withProblems(() => withPostgresSource(move, work));
    }
    const { withSqliteSource } = await import('./sqlite/copy-source.js');
    return withProblems(() => withSqliteSource(move, work));
  },
  withTarget: async (to, work) => {
    if (await isInPostgres(to)) {
      const { withPostgresTarget } = await import('./postgres/copy-target.js');
      return withProblems(() => withPostgresTarget(to, work));
    }
    const { withSqliteTarget } = await import('./sqlite/copy-target.js');
    return withProblems(() => withSqliteTarget(to, work));
  },
};

async function isInPostgres(named: string): Promise<boolean> {
  const { isPostgresAddress } = await import('./postgres/address.js');
  return isPostgresAddress(named);
}

/** What a database cannot do is a problem; any other error is a bug and rejects. */
async function withProblems<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LedgerError) return failed(error.problem);
    throw error;
  }
}
