import type { Forgotten } from '../../core/ledger/people.js';

/** Nobody was erased. */
export const NOBODY: Forgotten = { people: 0, deliveries: 0, testSends: 0, suppressions: 0, open: [] };

/** What two erasures came to. */
export function sumOf(one: Forgotten, other: Forgotten): Forgotten {
  return {
    people: one.people + other.people,
    deliveries: one.deliveries + other.deliveries,
    testSends: one.testSends + other.testSends,
    suppressions: one.suppressions + other.suppressions,
    open: [...one.open, ...other.open],
  };
}
