import { setTimeout as pause } from 'node:timers/promises';
import { administered } from './database.js';
import type { World } from './world.js';

/** Lease, margin and a little: who is silent for so long was taken over. */
export const BEYOND_LEASE_MS = 14_000;
/** The same, and timeout and settle time: who was lost may have been proven absent and sent again. */
export const BEYOND_SETTLED_MS = 22_000;

/** The machine that sends dies in the middle of its requests. */
export async function kill(world: World): Promise<void> {
  await world.sent(world.dice.between(20, 120));
  (await world.owner())?.signal('SIGKILL');
}

/** It stands still for so long, and goes on where it stood. */
export async function freeze(world: World, forMs: number): Promise<void> {
  await world.sent(world.dice.between(20, 120));
  const owner = await world.owner();
  owner?.signal('SIGSTOP');
  await pause(forMs);
  owner?.signal('SIGCONT');
}

/** It reaches the provider and not the database, for so long. */
export async function partition(world: World, forMs: number): Promise<void> {
  await world.sent(world.dice.between(20, 120));
  const owner = await world.owner();
  const line = owner === null ? undefined : world.lines[world.machines.indexOf(owner)];
  line?.partition(true);
  await pause(forMs);
  line?.partition(false);
}

/** The database ends every connection. */
export async function terminate({ database }: World): Promise<void> {
  await administered(
    database.server,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'plazcast'",
  ).catch(() => undefined);
}

/** The database's machine loses its power, and starts again after a while. */
export async function restart({ database, dice }: World): Promise<void> {
  database.server.stopAtOnce();
  await pause(dice.between(0, 2_000));
  database.server.start();
}
