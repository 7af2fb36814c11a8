import { isDatabaseAddress } from '../core/ledger/database-address.js';
import type { Ledgers } from '../core/ledger/ledger.js';
import { POSTGRES_LEDGERS } from './postgres/postgres-ledgers.js';
import { SQLITE_LEDGERS } from './sqlite/sqlite-ledgers.js';

function ledgersOf(named: string): Omit<Ledgers, 'locks'> {
  return isDatabaseAddress(named) ? POSTGRES_LEDGERS : SQLITE_LEDGERS;
}

/** Ledgers in files and in databases, told apart by how they are named. */
export const LEDGERS: Ledgers = {
  named: (address) => ledgersOf(address).named(address),
  open: (file, mode) => ledgersOf(file).open(file, mode),
  isThere: (file) => ledgersOf(file).isThere(file),
  locks: SQLITE_LEDGERS.locks,
};
