import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseOn } from './database.js';
import { BEYOND_LEASE_MS, freeze, kill } from './faults.js';
import { livedThrough, type Scenario } from './scenario.js';
import { cuts } from './scenarios.js';
import { ChaosServer } from './server.js';

/** `npm run chaos` lives through all of them, with more people. */
const SMALL: readonly Scenario[] = [
  { name: 'a machine is killed', world: { machines: 2 }, strike: kill },
  {
    name: 'a machine stands still',
    world: { machines: 2 },
    strike: (world) => freeze(world, BEYOND_LEASE_MS),
  },
  {
    name: 'statements are cut and clocks off',
    world: { machines: 2, planCut: cuts, clockOffsetsMs: [3_600_000, -3_600_000] },
    strike: (world) => world.sent(100),
  },
];
const SEED = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000);
const SIZE = { people: 100, ratePerSecond: 60, seed: SEED, mostMs: 180_000 };

let server: ChaosServer | undefined;

function shared(): ReturnType<typeof databaseOn> {
  if (server === undefined) throw new Error('no database server was started');
  return databaseOn(server);
}

beforeAll(async () => {
  server = await ChaosServer.make();
  server.start();
});

afterAll(() => server?.remove());

test.concurrent.each(SMALL)(
  `everybody gets one message when $name (CHAOS_SEED=${SEED})`,
  async (scenario) => {
    const { broken, verdict, story } = await livedThrough(scenario, SIZE, shared);
    expect(broken, story).toEqual([]);
    expect(verdict, story).toMatchObject({ people: SIZE.people, uncertain: 0, pending: 0 });
  },
);
