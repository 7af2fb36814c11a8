import { onTestFinished } from 'vitest';
import { postgresAddress } from '../../../src/ledger/postgres/address.js';
import { Database } from '../../../src/ledger/postgres/database.js';
import type { LeaseTerms } from '../../../src/ledger/postgres/lease.js';
import { openPostgresLedger } from '../../../src/ledger/postgres/open-ledger.js';
import type { PostgresLedger } from '../../../src/ledger/postgres/postgres-ledger.js';
import { emptyLedgerDatabase } from '../../support/postgres/ledger-database.js';
import { unwrapped } from '../../support/results.js';
import type { LedgerAtHand, OpenLedger } from './ledger-at-hand.js';

/** A ledger in a database of its own on a real server. */
export const inPostgres: OpenLedger = async () => {
  const address = await emptyLedgerDatabase();
  const db = new Database(unwrapped(postgresAddress(address)).config);
  onTestFinished(() => db.close());
  return {
    ledger: await postgresAt(address),
    rawly: rawlyOn(db),
    again: async () => {
      // As if the time had passed after which another process takes over.
      await db.run("UPDATE runs SET lease_until = lease_until - interval '1 hour'");
      return postgresAt(address);
    },
  };
};

/** What gets at it past the port. */
export function rawlyAt(address: string): LedgerAtHand['rawly'] {
  const db = new Database(unwrapped(postgresAddress(address)).config);
  onTestFinished(() => db.close());
  return rawlyOn(db);
}

/** A server that somebody named may speak another language than the tests read. */
function rawlyOn(db: Database): LedgerAtHand['rawly'] {
  return (sql) =>
    db.transaction(async (at) => {
      await at.run("SET LOCAL lc_messages = 'C'");
      await at.run(sql);
    });
}

/** The ledger at this address, closed when the test ends. */
export async function postgresAt(address: string, terms?: LeaseTerms): Promise<PostgresLedger> {
  const ledger = unwrapped(await openPostgresLedger(address, 'create', terms));
  onTestFinished(() => ledger.close());
  return ledger;
}
