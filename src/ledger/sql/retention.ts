import type { Dialect } from './dialect.js';

/** People at a time: one commit each, so that a run that goes on is not held up. */
const PEOPLE_AT_A_TIME = 500;

/** A fingerprint is a person, too, and has 19 digits; a number has 15 at most. */
const REMEMBERED = 'length(person) < 19';

/**
 * People, in order after `after`, whose last campaign is older than `before`: neither an attempt nor an import of
 * theirs is younger, nor a test message to them.
 */
export const LAST_SEEN_BEFORE = `
  SELECT person FROM deliveries d LEFT JOIN imports i ON i.id = d.import_id
  WHERE person > @after AND ${REMEMBERED}
  GROUP BY person
  HAVING max(coalesce(last_attempt_at, 0)) < @before AND max(coalesce(imported_at, 0)) < @before
    AND NOT EXISTS (SELECT 1 FROM test_sends t WHERE t.person = d.person AND t.started_at >= @before)
  ORDER BY person LIMIT ${PEOPLE_AT_A_TIME}`;

/** People who got nothing but test messages, all of them older than `before`. */
export const TESTED_LAST_BEFORE = `
  SELECT person FROM test_sends t WHERE person > @after AND ${REMEMBERED}
    AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.person = t.person)
  GROUP BY person HAVING max(started_at) < @before ORDER BY person LIMIT ${PEOPLE_AT_A_TIME}`;

/** Those of `@people` who were in a campaign or got a test message at `@before` or later. */
export const seenSinceSql = ({ texts }: Dialect): string => `
  SELECT wanted.value AS person FROM ${texts('people')}
  WHERE EXISTS (
    SELECT 1 FROM deliveries d LEFT JOIN imports i ON i.id = d.import_id
    WHERE d.person = wanted.value AND (d.last_attempt_at >= @before OR i.imported_at >= @before))
  OR EXISTS (SELECT 1 FROM test_sends t WHERE t.person = wanted.value AND t.started_at >= @before)`;
