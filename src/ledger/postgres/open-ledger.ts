import type { LedgerMode } from '../../core/ledger/ledger.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { storedIdentity } from '../sql/identity.js';
import { type PostgresAddress, postgresAddress } from './address.js';
import { Database } from './database.js';
import { LEASE_TERMS, type LeaseTerms } from './lease.js';
import { letRoleFindTables, migrate } from './migrate.js';
import { PostgresLedger } from './postgres-ledger.js';
import { postgresProblem } from './postgres-problem.js';
import { MIGRATIONS } from './schema.js';
import {
  clockAheadMs,
  type FollowClock,
  type ServerFacts,
  serverFacts,
  unfitServer,
} from './server-facts.js';
import { takeSteps } from './store.js';

/** Opens the ledger at an address of PostgreSQL: the server is fit, the tables are there and up to date. */
export async function openPostgresLedger(
  named: string,
  mode: LedgerMode,
  terms: LeaseTerms = LEASE_TERMS,
  follow: FollowClock = () => undefined,
): Promise<Result<PostgresLedger>> {
  const address = postgresAddress(named);
  if (!address.ok) return address;
  const db = new Database(address.value.config);
  const { name } = address.value;
  const ready = await readied(db, address.value, mode);
  const unmoved = ready.ok && mode !== 'read' ? await requireUnmoved(db, name) : ready;
  const followed = unmoved.ok ? await clockFollowed(db, name, terms, follow) : unmoved;
  if (followed.ok) return ok(new PostgresLedger(db, name, terms, follow));
  await db.close();
  return followed;
}

/** Whether there is a ledger at an address; true, too, where that cannot be told. */
export async function holdsLedger(named: string): Promise<boolean> {
  const address = postgresAddress(named);
  if (!address.ok) return true;
  const db = new Database(address.value.config);
  try {
    return (await serverFacts(db)).schemaVersion !== null;
  } catch (error) {
    postgresProblem(error, address.value.name);
    return true;
  } finally {
    await db.close();
  }
}

async function clockFollowed(
  db: Database,
  file: string,
  { now }: LeaseTerms,
  follow: FollowClock,
): Promise<Result<null>> {
  try {
    follow(await clockAheadMs(db, now));
    return ok(null);
  } catch (error) {
    return failed(postgresProblem(error, file));
  }
}

/** A ledger that was moved away is read, and never sent from. */
async function requireUnmoved(db: Database, file: string): Promise<Result<null>> {
  try {
    const { movedTo: to } = await takeSteps(db, storedIdentity());
    return to === null ? ok(null) : failed({ code: 'ledger.moved', params: { file, to } });
  } catch (error) {
    return failed(postgresProblem(error, file));
  }
}

/** Makes a database ready for a ledger: fit, and up to date. */
export async function readied(
  db: Database,
  { name }: PostgresAddress,
  mode: LedgerMode,
): Promise<Result<null>> {
  try {
    const facts = await serverFacts(db);
    const unfit = unfitServer(facts, name, MIGRATIONS.length);
    if (unfit !== null) return failed(unfit);
    if (facts.schemaVersion === null && mode !== 'create')
      return failed({ code: 'ledger.db-empty', params: { file: name } });
    if (mode !== 'read') await broughtUpToDate(db, facts);
    return ok(null);
  } catch (error) {
    return failed(postgresProblem(error, name));
  }
}

async function broughtUpToDate(db: Database, { schemaVersion, roleFindsTables }: ServerFacts): Promise<void> {
  if (schemaVersion !== MIGRATIONS.length) await migrate(db);
  if (!roleFindsTables) await letRoleFindTables(db);
}
