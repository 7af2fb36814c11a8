import { chmodSync, chownSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { NOBODY } from '../support/postgres/cluster.js';
import { mountedDisk, type SmallDisk } from '../support/small-disk.js';
import { administered, type ChaosDatabase, databaseOn } from './database.js';
import { ChaosServer } from './server.js';
import type { World } from './world.js';

const MEGABYTES = 48;
/** How long there is no room. */
const FULL_MS = 4_000;

const disks = new WeakMap<ChaosServer, SmallDisk>();

/** A database whose tables lie on a disk of their own that can be filled. */
export async function onSmallDisk(): Promise<ChaosDatabase> {
  const { disk, unmount } = mountedDisk(MEGABYTES);
  chmodSync(disk.folder, 0o700);
  if (process.getuid?.() === 0) chownSync(disk.folder, NOBODY, NOBODY);
  const server = await ChaosServer.make();
  server.start();
  disks.set(server, disk);
  await administered(server, `CREATE TABLESPACE small LOCATION '${disk.folder}'`);
  const database = await databaseOn(server, 'small');
  return {
    ...database,
    remove: () => {
      server.remove();
      unmount();
      return Promise.resolve();
    },
  };
}

/** The disk is full for a while, twice. */
export async function fillsUp(world: World): Promise<void> {
  const disk = disks.get(world.database.server);
  for (let time = 0; time < 2; time += 1) {
    await world.sent(200);
    disk?.fill();
    await pause(FULL_MS);
    disk?.free();
  }
}
