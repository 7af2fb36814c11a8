import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { ChaosServer } from './server.js';

/** The database that the machines of a world share. */
export interface ChaosDatabase {
  /** Where connections of the machines lead to. */
  port: number;
  readonly server: ChaosServer;
  /** Its address through any port. */
  address(port: number): string;
  remove(): Promise<void>;
}

/** A database on a server; the server stays. `tablespace`: where its tables lie. */
export async function databaseOn(server: ChaosServer, tablespace?: string): Promise<ChaosDatabase> {
  const name = `chaos_${randomBytes(6).toString('hex')}`;
  const place = tablespace === undefined ? '' : ` TABLESPACE ${tablespace}`;
  await administered(server, `CREATE DATABASE ${name}${place}`);
  return {
    port: server.port,
    server,
    address: (port) => server.address(name, port),
    remove: () => administered(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** Does one thing as the server's administrator. */
export async function administered(server: ChaosServer, text: string): Promise<void> {
  const client = new pg.Client(server.address('postgres'));
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A server that is up, with a database on it that goes with it. */
export async function ownServer(settings: readonly string[] = []): Promise<ChaosDatabase> {
  const server = await ChaosServer.make(settings);
  server.start();
  const database = await databaseOn(server);
  return { ...database, remove: () => Promise.resolve(server.remove()) };
}
