import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countsOf, DELIVERY_STATUSES, needsPerson } from '../../src/core/counts.js';

test('recipients is the sum of the statuses, rejected rows beside it', () => {
  const numbers = fc.dictionary(fc.constantFrom(...DELIVERY_STATUSES), fc.nat(1_000_000));
  fc.assert(
    fc.property(numbers, fc.nat(), (byStatus, rejected) => {
      const counts = countsOf(byStatus, rejected);
      expect(counts.recipients).toBe(Object.values(byStatus).reduce((sum, count) => sum + count, 0));
      expect(counts.rejected).toBe(rejected);
      for (const status of DELIVERY_STATUSES) expect(counts[status]).toBe(byStatus[status] ?? 0);
    }),
  );
});

test.each(['refused', 'exhausted', 'uncertain'] as const)('%s needs a person', (status) => {
  expect(needsPerson(countsOf({ [status]: 1 }, 0))).toBe(true);
});

test('rejected rows need a person', () => {
  expect(needsPerson(countsOf({}, 1))).toBe(true);
});

test('what is accepted, skipped or still to send needs none', () => {
  expect(needsPerson(countsOf({ accepted: 5, skipped: 2, pending: 1, sending: 1 }, 0))).toBe(false);
});
