import { expect, test } from 'vitest';
import { simulateSeed } from './simulate-seed.js';
import { expectKept, simulated } from './simulation.js';

test('in worlds 1001 to 2000 nobody gets a message twice and nobody is lost', async () => {
  expectKept(await simulated(1_001, 1_000));
}, 120_000);

test('a seed tells the same story each time', async () => {
  for (const seed of [3, 77, 1_024]) {
    const [first, again] = [await simulateSeed(seed), await simulateSeed(seed, true)];
    expect(again).toEqual(first);
  }
});

test('different seeds are different worlds', async () => {
  const stories = new Set<string>();
  for (let seed = 1; seed <= 20; seed += 1) stories.add((await simulateSeed(seed)).fingerprint);
  expect(stories.size).toBe(20);
});
