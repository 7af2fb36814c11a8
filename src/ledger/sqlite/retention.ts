import type { LedgerDatabase } from './open-ledger.js';

/** People at a time: one commit each, so that a run that goes on is not held up. */
export const PEOPLE_AT_A_TIME = 500;

/** A fingerprint is a person, too, and has 19 digits; a number has 15 at most. */
const REMEMBERED = 'length(person) < 19';

/**
 * People, in order after `after`, whose last campaign is older than `before`: neither an attempt nor an import of
 * theirs is younger, nor a test message to them.
 */
export function peopleLastSeenBefore(db: LedgerDatabase, before: number, after: string): readonly string[] {
  return db
    .prepare(
      `SELECT person FROM deliveries d LEFT JOIN imports i ON i.id = d.import_id
       WHERE person > @after AND ${REMEMBERED}
       GROUP BY person
       HAVING max(max(coalesce(last_attempt_at, 0), coalesce(imported_at, 0))) < @before
         AND NOT EXISTS (SELECT 1 FROM test_sends t WHERE t.person = d.person AND t.started_at >= @before)
       ORDER BY person LIMIT ${PEOPLE_AT_A_TIME}`,
    )
    .pluck()
    .all({ before, after }) as string[];
}

/** People who got nothing but test messages, all of them older than `before`. */
export function testedLastBefore(db: LedgerDatabase, before: number, after: string): readonly string[] {
  return db
    .prepare(
      `SELECT person FROM test_sends t WHERE person > @after AND ${REMEMBERED}
         AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.person = t.person)
       GROUP BY person HAVING max(started_at) < @before ORDER BY person LIMIT ${PEOPLE_AT_A_TIME}`,
    )
    .pluck()
    .all({ before, after }) as string[];
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
