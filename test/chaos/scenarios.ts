import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { pooled } from './bouncer.js';
import { ownServer } from './database.js';
import { BEYOND_LEASE_MS, BEYOND_SETTLED_MS, freeze, kill, partition, restart, terminate } from './faults.js';
import type { Scenario } from './scenario.js';
import { fillsUp, onSmallDisk } from './small-tablespace.js';
import { failsOver, withStandby } from './standby.js';
import type { PlanCut, World } from './world.js';

const HOUR_MS = 3_600_000;
const SEND = ['send', 'sale', '--yes'];

/** The same again, so many times. */
function times(count: number, strike: (world: World) => Promise<void>): (world: World) => Promise<void> {
  return async (world) => {
    for (let time = 0; time < count; time += 1) await strike(world);
  };
}

/** After so many statements of a machine its line is whole, so that the campaign ends. */
const CUT_UP_TO = 2_500;

/** A statement of a hundred is cut, and of the commits one of twenty: before it is heard of, or before its answer. */
export const cuts: PlanCut = (dice, { number, text }) =>
  number < CUT_UP_TO && dice.chance(text === 'COMMIT' ? 0.05 : 0.01) ? dice.oneOf(['before', 'after']) : null;

/** Everything that may befall machines that share a database. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'killed', strike: times(4, kill) },
  {
    name: 'several type send, and are killed',
    world: { commands: [SEND, SEND, SEND] },
    strike: times(3, kill),
  },
  { name: 'frozen beyond the lease', strike: (world) => freeze(world, BEYOND_LEASE_MS) },
  { name: 'frozen beyond lease and settle time', strike: (world) => freeze(world, BEYOND_SETTLED_MS) },
  {
    name: 'connections cut around statements',
    world: { planCut: cuts },
    strike: times(6, (world) => world.sent(150)),
  },
  {
    name: 'backends terminated',
    strike: times(6, async (world) => {
      await world.sent(120);
      await terminate(world);
    }),
  },
  {
    name: 'database restarted at once',
    database: ownServer,
    strike: times(3, async (world) => {
      await world.sent(150);
      await restart(world);
    }),
  },
  {
    name: 'clocks an hour off, and killed',
    world: { clockOffsetsMs: [HOUR_MS, -HOUR_MS, 0] },
    strike: times(2, kill),
  },
  { name: 'pgbouncer in transaction mode, and killed', database: pooled, strike: times(2, kill) },
  { name: 'disk of the database full', database: onSmallDisk, strike: fillsUp },
  { name: 'a snapshot held open, and killed', strike: heldOpen },
  { name: 'cut off from the database alone', strike: (world) => partition(world, BEYOND_SETTLED_MS) },
  { name: 'asynchronous standby promoted', database: () => withStandby('asynchronous'), strike: failsOver },
  { name: 'synchronous standby promoted', database: () => withStandby('synchronous'), strike: failsOver },
];

/** Those that are lived through before a change lands: what needs no server, disk or standby of its own. */
export const SMALL: readonly string[] = [
  'killed',
  'frozen beyond the lease',
  'connections cut around statements',
  'backends terminated',
  'clocks an hour off, and killed',
  'cut off from the database alone',
];

/** Somebody looks at one moment of the ledger all the time, as `pg_dump` does. */
async function heldOpen(world: World): Promise<void> {
  const reader = new pg.Client(world.database.address(world.database.port));
  await reader.connect();
  try {
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM plazcast.deliveries');
    await kill(world);
    await world.sent(500);
    await pause(1_000);
  } finally {
    await reader.end();
  }
}
