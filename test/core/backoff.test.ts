import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMs, personBackoffMs } from '../../src/core/backoff.js';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the common back-off', () => {
  test('doubles from one second to sixty', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 7, 30].map((deferrals) => backoffMs(deferrals, () => 0));
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  test('loses at most half to chance, and never grows beyond a minute', () => {
    fc.assert(
      fc.property(fc.nat(1_000), chance, (deferrals, luck) => {
        const full = backoffMs(deferrals, () => 0);
        const wait = backoffMs(deferrals, () => luck);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(full / 2));
        expect(wait).toBeLessThanOrEqual(full);
      }),
    );
  });
});

test('the back-off of one person is 6 s, 24 s, 96 s, then 5 minutes', () => {
  expect([0, 1, 2, 3, 4, 50].map(personBackoffMs)).toEqual([
    6_000, 24_000, 96_000, 300_000, 300_000, 300_000,
  ]);
});
