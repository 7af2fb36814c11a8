import { LAST_SEEN_BEFORE, TESTED_LAST_BEFORE } from '../sql/retention.js';
import type { LedgerDatabase } from './open-ledger.js';

/** People, in order after `after`, whose last campaign is older than `before`, some at a time. */
export function peopleLastSeenBefore(db: LedgerDatabase, before: number, after: string): readonly string[] {
  return db.prepare<object, string>(LAST_SEEN_BEFORE).pluck().all({ before, after });
}

/** People who got nothing but test messages, all of them older than `before`. */
export function testedLastBefore(db: LedgerDatabase, before: number, after: string): readonly string[] {
  return db.prepare<object, string>(TESTED_LAST_BEFORE).pluck().all({ before, after });
}

/** How many people `peopleLastSeenBefore` and `testedLastBefore` would give in all. */
export function countLastSeenBefore(db: LedgerDatabase, before: number): number {
  let count = 0;
  for (const page of [peopleLastSeenBefore, testedLastBefore]) {
    for (const people of pagesOf((after) => page(db, before, after))) count += people.length;
  }
  return count;
}

/** Page after page until an empty one. */
export function* pagesOf(page: (after: string) => readonly string[]): Generator<readonly string[]> {
  let after = '';
  for (;;) {
    const people = page(after);
    const last = people.at(-1);
    if (last === undefined) return;
    yield people;
    after = last;
  }
}
