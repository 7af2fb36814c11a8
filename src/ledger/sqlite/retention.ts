import { SQLITE } from '../sql/dialect.js';
import { LAST_SEEN_BEFORE, seenSinceSql, TESTED_LAST_BEFORE } from '../sql/retention.js';
import type { LedgerDatabase } from './open-ledger.js';

/** People, in order after `after`, whose last campaign is older than `before`, some at a time. */
export function peopleLastSeenBefore(db: LedgerDatabase, before: number, after: string): readonly string[] {
  return db.prepare<object, string>(LAST_SEEN_BEFORE).pluck().all({ before, after });
}

/** People who got nothing but test messages, all of them older than `before`. */
export function testedLastBefore(db: LedgerDatabase, before: number, after: string): readonly string[] {
  return db.prepare<object, string>(TESTED_LAST_BEFORE).pluck().all({ before, after });
}

const SEEN_SINCE = seenSinceSql(SQLITE);

/** Those of these people who were in a campaign or got a test message at `before` or later. */
export function seenSince(
  db: LedgerDatabase,
  people: readonly string[],
  before: number,
): ReadonlySet<string> {
  const asked = { people: JSON.stringify(people), before };
  return new Set(db.prepare<object, string>(SEEN_SINCE).pluck().all(asked));
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
