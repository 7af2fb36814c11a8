import { isDatabaseAddress } from '../core/ledger/database-address.js';
import type { Ledgers } from '../core/ledger/ledger.js';
import { postgresLedgers } from './postgres/postgres-ledgers.js';
import { SQLITE_LEDGERS } from './sqlite/sqlite-ledgers.js';

/**
 * Ledgers in files and in databases, told apart by how they are named.
 *
 * @param follow told how far the clock of a ledger's database is ahead of this machine's
 */
export function ledgersWith(follow: (aheadMs: number) => void): Ledgers {
  const inDatabases = postgresLedgers(follow);
  const those = (named: string) => (isDatabaseAddress(named) ? inDatabases : SQLITE_LEDGERS);
  return {
    named: (address) => those(address).named(address),
    open: (file, mode) => those(file).open(file, mode),
    isThere: (file) => those(file).isThere(file),
    state: (file) => those(file).state(file),
    locks: SQLITE_LEDGERS.locks,
  };
}
