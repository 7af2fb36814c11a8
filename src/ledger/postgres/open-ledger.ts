import type { LedgerMode } from '../../core/ledger/ledger.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { type PostgresAddress, postgresAddress } from './address.js';
import { Database } from './database.js';
import { LEASE_TERMS, type LeaseTerms } from './lease.js';
import { letRoleFindTables, migrate } from './migrate.js';
import { PostgresLedger } from './postgres-ledger.js';
import { postgresProblem } from './postgres-problem.js';
import { MIGRATIONS } from './schema.js';
import { type ServerFacts, serverFacts, unfitServer } from './server-facts.js';

/** Opens the ledger at an address of PostgreSQL: the server is fit, the tables are there and up to date. */
export async function openPostgresLedger(
  named: string,
  mode: LedgerMode,
  terms: LeaseTerms = LEASE_TERMS,
): Promise<Result<PostgresLedger>> {
  const address = postgresAddress(named);
  if (!address.ok) return address;
  const db = new Database(address.value.config);
  const ready = await prepared(db, address.value, mode);
  if (ready.ok) return ok(new PostgresLedger(db, address.value.name, terms));
  await db.close();
  return ready;
}

async function prepared(db: Database, { name }: PostgresAddress, mode: LedgerMode): Promise<Result<null>> {
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
