import { expect } from 'vitest';
import { SeedFailure, simulateSeed } from './simulate-seed.js';
import { SeedTotals } from './totals.js';

/** Runs worlds; a seed that fails is named, with the command that shows it again. */
export async function simulated(from: number, seeds: number): Promise<SeedTotals> {
  const totals = new SeedTotals();
  for (let seed = from; seed < from + seeds; seed += 1) {
    try {
      totals.add(await simulateSeed(seed));
    } catch (error) {
      if (!(error instanceof SeedFailure)) throw error;
      expect.fail(`${error.message}\nSee it again: npm run simulate -- --seeds 1 --from ${seed}`);
    }
  }
  return totals;
}

/** What a thousand worlds must have met, or they show nothing; and what none of them may have. */
export function expectKept(totals: SeedTotals): void {
  expect(totals).toMatchObject({ duplicatesWithHonestList: 0, lost: 0, uncertainWithHonestList: 0 });
  expect(totals.people).toBeGreaterThan(totals.seeds * 4);
  expect(totals.crashes).toBeGreaterThan(totals.seeds);
  expect(totals.ledgerFaults).toBeGreaterThan(totals.seeds / 4);
  expect(totals.resends).toBeGreaterThan(totals.seeds / 4);
  expect(totals.lying).toBeGreaterThan(totals.seeds / 8);
}
