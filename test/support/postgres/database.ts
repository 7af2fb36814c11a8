import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { testCluster } from './cluster.js';
import { BY_FILES } from './ledger-database.js';

/**
 * An empty database for the test that goes on, removed when it ends.
 *
 * @returns its address, with the password
 */
export async function emptyDatabase(): Promise<string> {
  const { host, port, user, password } = await testCluster();
  const name = `t_${randomBytes(8).toString('hex')}`;
  const admin = new pg.Client({ host, port, user, password, database: 'postgres' });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} ${BY_FILES}`);
  onTestFinished(async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  });
  return `postgres://${user}:${password}@${host}:${port}/${name}`;
}

/**
 * Copies a database that nobody is connected to.
 *
 * @returns puts the copy in its place
 */
export async function backedUp(address: string): Promise<() => Promise<void>> {
  const name = new URL(address).pathname.slice(1);
  const admin = new pg.Client({ connectionString: address.replace(/[^/]+$/u, 'postgres') });
  await admin.connect();
  onTestFinished(async () => {
    await admin.query(`DROP DATABASE IF EXISTS ${name}_saved`);
    await admin.end();
  });
  await admin.query(`CREATE DATABASE ${name}_saved TEMPLATE ${name}`);
  return async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.query(`ALTER DATABASE ${name}_saved RENAME TO ${name}`);
  };
}
