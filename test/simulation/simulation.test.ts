import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { simulateSeed } from './simulate-seed.js';
import { SeedTotals, type Sums } from './totals.js';

/** More by `SIMULATED_SEEDS`, for who can wait. */
const SEEDS = Number(process.env['SIMULATED_SEEDS'] ?? 300);
const SCRIPT = fileURLToPath(new URL('simulate.ts', import.meta.url));

/** Shares the seeds among as many processes as there are cores. */
async function simulated(seeds: number): Promise<Sums> {
  const processes = Math.min(4, availableParallelism());
  const share = Math.ceil(seeds / processes);
  const totals = new SeedTotals();
  const all = Array.from({ length: processes }, (_, index) => sumsOf(1 + index * share, share));
  for (const sums of await Promise.all(all)) totals.addSums(sums);
  return totals.sums;
}

async function sumsOf(from: number, seeds: number): Promise<Sums> {
  const args = ['--import', 'tsx', SCRIPT, '--json', '--from', String(from), '--seeds', String(seeds)];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 28 });
    return JSON.parse(stdout) as Sums;
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    // The last lines name the seed and how to see it again.
    return expect.fail(stderr.split('\n').slice(-60).join('\n'));
  }
}

test(`in ${SEEDS} worlds nobody gets a message twice and nobody is lost`, async () => {
  const totals = await simulated(SEEDS);
  expect(totals).toMatchObject({ duplicatesWithHonestList: 0, lost: 0, takenOut: 0 });
  // What so many worlds must have met, or they show nothing.
  expect(totals.people).toBeGreaterThan(SEEDS * 3);
  expect(totals.crashes).toBeGreaterThan(SEEDS / 2);
  expect(totals.ledgerFaults).toBeGreaterThan(SEEDS / 4);
  expect(totals.resends).toBeGreaterThan(SEEDS / 8);
  expect(totals.lying).toBeGreaterThan(SEEDS / 8);
  for (const act of ['suppress', 'cancel', 'remove-rows', 'declare', 'restore-backup']) {
    expect(totals.acts[act], act).toBeGreaterThan(0);
  }
}, 3_600_000);

test('a seed tells the same story each time', async () => {
  for (const seed of [3, 77, 1_024]) {
    const [first, again] = [await simulateSeed(seed), await simulateSeed(seed, { tell: 'steps' })];
    expect(again).toEqual(first);
  }
});

test('different seeds are different worlds', async () => {
  const stories = new Set<string>();
  for (let seed = 1; seed <= 20; seed += 1) stories.add((await simulateSeed(seed)).fingerprint);
  expect(stories.size).toBe(20);
});
