import { test } from 'vitest';
import { expectKept, simulated } from './simulation.js';

test('in worlds 1 to 1000 nobody gets a message twice and nobody is lost', async () => {
  expectKept(await simulated(1, 1_000));
}, 120_000);
