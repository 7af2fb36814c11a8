import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { Database } from '../../../src/ledger/postgres/database.js';
import { migrate } from '../../../src/ledger/postgres/migrate.js';
import { MIGRATIONS } from '../../../src/ledger/postgres/schema.js';
import { type Cluster, testCluster } from './cluster.js';

/** Another one for other tables, on a server that outlives the tests. */
const TEMPLATE = `ledger_${createHash('sha256').update(MIGRATIONS.join()).digest('hex').slice(0, 12)}`;
const NO_SUCH_DATABASE = '3D000';
/** Files are copied as they are: page by page through the log, as is usual, takes three times as long. */
export const BY_FILES = 'STRATEGY FILE_COPY';
/** As the server says it, and as its own table does where two come at once. */
const THERE_ALREADY = new Set(['42P04', '23505']);

/**
 * A database with the ledger's tables and nothing in them, for the test that goes on; removed when it ends. Copied from one
 * that the first test makes.
 *
 * @returns its address, with the password
 */
export async function emptyLedgerDatabase(): Promise<string> {
  const cluster = await testCluster();
  const name = randomName();
  const admin = new pg.Client({ ...cluster, database: 'postgres' });
  await admin.connect();
  await copyTemplate(admin, cluster, name);
  onTestFinished(async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  });
  await otherwiseNamed({ ...cluster, database: name });
  const { user, password, host, port } = cluster;
  return `postgres://${user}:${password}@${host}:${port}/${name}`;
}

/** Does something at a ledger's address that no command does. */
export async function rawlyAt(address: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function copyTemplate(admin: pg.Client, cluster: Cluster, name: string): Promise<void> {
  const copy = () => admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} ${BY_FILES}`);
  try {
    await copy();
  } catch (error) {
    if (stateOf(error) !== NO_SUCH_DATABASE) throw error;
    await makeTemplate(admin, cluster);
    await copy();
  }
}

async function makeTemplate(admin: pg.Client, cluster: Cluster): Promise<void> {
  const making = randomName();
  await admin.query(`CREATE DATABASE ${making}`);
  const db = new Database({ ...cluster, database: making });
  await migrate(db);
  await db.close();
  try {
    await admin.query(`ALTER DATABASE ${making} RENAME TO ${TEMPLATE}`);
  } catch (error) {
    if (!THERE_ALREADY.has(stateOf(error) ?? '')) throw error;
    // Another process of the tests was first.
    await admin.query(`DROP DATABASE ${making}`);
  }
}

/** A copy has the ledger's id, too, and what people accepted of the database that it was copied from. */
async function otherwiseNamed(at: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(at);
  await client.connect();
  await client.query('UPDATE plazcast.ledger_identity SET id = gen_random_uuid()::text, timeline = DEFAULT');
  await client.end();
}

function stateOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

function randomName(): string {
  return `t_${randomBytes(8).toString('hex')}`;
}
