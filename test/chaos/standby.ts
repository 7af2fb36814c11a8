import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type ChaosDatabase, databaseOn } from './database.js';
import { ChaosServer } from './server.js';
import type { World } from './world.js';

const standbys = new WeakMap<ChaosServer, ChaosServer>();

/** A server with another one that follows it. */
export async function withStandby(how: 'asynchronous' | 'synchronous'): Promise<ChaosDatabase> {
  const server = await ChaosServer.make();
  const standby = await server.standby();
  standbys.set(server, standby);
  const remove = (): Promise<void> => {
    for (const each of [server, standby]) each.remove();
    return Promise.resolve();
  };
  try {
    server.start();
    standby.start();
    await followed(server);
    if (how === 'synchronous') {
      server.set(["synchronous_standby_names = 'copy'"]);
      await asked(server, 'SELECT pg_reload_conf()');
    }
    return { ...(await databaseOn(server)), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function followed(server: ChaosServer): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await asked(server, 'SELECT 1 FROM pg_stat_replication')).length > 0) return;
    await pause(100);
  }
  throw new Error('the standby does not follow');
}

async function asked(server: ChaosServer, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client(server.address('postgres'));
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/**
 * The first server is lost, and the one that followed it takes its place. Nobody sends on it before an operator has
 * compared the ledger with the provider's list.
 */
export async function failsOver(world: World): Promise<void> {
  const { database, lines, machines } = world;
  await world.sent(300);
  database.server.stopAtOnce();
  const standby = standbys.get(database.server);
  if (standby === undefined) throw new Error('nobody follows this server');
  standby.promote();
  database.port = standby.port;
  for (const line of lines) line.leadTo(standby.port);
  await pause(3_000);
  await accepted(machines);
}

/** An audit of the campaign, and an operator's word for the server. */
async function accepted(machines: World['machines']): Promise<void> {
  const [first] = machines;
  for (let tries = 0; tries < 40; tries += 1) {
    const audit = await first?.run(['reconcile', 'sale', '--audit']);
    // 1: the list of a new provider has nothing from before the campaign. Who got it twice, its log says.
    const looked = audit?.code === 0 || audit?.code === 1;
    const sent = looked ? await first?.run(['send', 'sale', '--yes', '--accept-failover']) : audit;
    if (sent?.code === 0 || sent?.code === 1) return;
    await pause(500);
  }
}
