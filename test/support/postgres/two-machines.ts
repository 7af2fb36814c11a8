import { onTestFinished } from 'vitest';
import { postgresAddress } from '../../../src/ledger/postgres/address.js';
import { Database } from '../../../src/ledger/postgres/database.js';
import { postgresAt, rawlyAt } from '../../ledger/suite/postgres-at-hand.js';
import { unwrapped } from '../results.js';
import { emptyLedgerDatabase } from './ledger-database.js';

/** A ledger on two machines, and the database to look at. */
export async function twoMachines() {
  const address = await emptyLedgerDatabase();
  const db = new Database(unwrapped(postgresAddress(address)).config);
  onTestFinished(() => db.close());
  const ledger = await postgresAt(address);
  return { ledger, rawly: rawlyAt(address), again: () => postgresAt(address), db, address };
}

/** Resolves once so many wait for locks of this database. */
export async function somebodyWaits(db: Database, count = 1): Promise<void> {
  const waiting = `
    SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while (((await db.row<{ count: number }>(waiting))?.count ?? 0) < count);
}

/**
 * Begins a transaction with these statements and leaves it open.
 *
 * @returns commits it
 */
export async function leftOpen(db: Database, ...statements: readonly string[]): Promise<() => Promise<void>> {
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const done = db.transaction(async (sql) => {
    await sql.run("SELECT set_config('idle_in_transaction_session_timeout', '0', true)");
    for (const statement of statements) await sql.run(statement);
    begun.resolve();
    await goOn.promise;
  });
  await Promise.race([begun.promise, done]);
  const end = async (): Promise<void> => {
    goOn.resolve();
    await done;
  };
  // A test that fails before lets everybody go, too.
  onTestFinished(end);
  return end;
}

/**
 * From now on whoever writes a row of this table stands still right before the commit.
 *
 * @returns lets everybody go on
 */
export function heldAtCommit(db: Database, table: string): Promise<() => Promise<void>> {
  const when = `AFTER INSERT OR UPDATE ON ${table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW`;
  return heldAt(db, `CREATE CONSTRAINT TRIGGER stands_still ${when}`);
}

/**
 * From now on whoever is about to do this to this table, be it to no row, stands still.
 *
 * @returns lets everybody go on
 */
export function heldBefore(
  db: Database,
  what: 'INSERT' | 'UPDATE',
  table: string,
): Promise<() => Promise<void>> {
  return heldAt(db, `CREATE TRIGGER stands_still BEFORE ${what} ON ${table} FOR EACH STATEMENT`);
}

async function heldAt(db: Database, trigger: string): Promise<() => Promise<void>> {
  await db.run(`
    CREATE FUNCTION stand_still() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NULL; END $$`);
  await db.run(`${trigger} EXECUTE FUNCTION stand_still()`);
  return leftOpen(db, 'SELECT pg_advisory_xact_lock(1)');
}
