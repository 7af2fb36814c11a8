import type { HoldingBack } from '../../core/ledger/imports.js';
import { run, type Steps } from './steps.js';

/**
 * Skips pending deliveries whose person got enough already (`capped`, with the moment at which it would be
 * allowed again in `due_at`), and takes back those for whom it is allowed by now. In one campaign a person with
 * several keys counts each of them, also those that are pending before it. Within a transaction.
 *
 * @returns how many are capped now.
 */
export function* applyFrequencyLimit(campaignId: number, held: HoldingBack): Steps<number> {
  const { workspace, limit } = held;
  yield* run(UNCAP, { campaignId });
  if (limit === null) return 0;
  const { count, perMs } = limit;
  let capped = 0;
  for (const window of capWindows(limit, held)) {
    const cap = { campaignId, workspace, ...window, overCount: count - 1 };
    capped += (yield* run(CAP, { ...cap, perMs })) + (yield* run(CAP_PLANNED, cap));
  }
  return capped;
}

/** Statuses of a delivery that reached, or may have reached, its person. */
export const REACHED = "'accepted', 'uncertain', 'sending'";

/** The names under which what a person got stands: her own, and that under which she was forgotten before. */
export function namesOf(person: string): string {
  return `(${person}, (SELECT f.fingerprint FROM forgotten f WHERE f.known_as = ${person}))`;
}

/** How many messages a person of a workspace got after `since`. */
export const RECEIVED_SINCE = `
  SELECT count(*) AS count FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id
  WHERE d.person = @person AND c.workspace = @workspace AND d.status IN (${REACHED}) AND d.last_attempt_at > @since`;

/** The same of each of some persons, given as a source of `person`; who got none is left out. */
export function receivedSinceBy(persons: string): string {
  return `
    SELECT d.person, count(*) AS count FROM (${persons}) AS wanted
    JOIN deliveries d ON d.person = wanted.person JOIN campaigns c ON c.id = d.campaign_id
    WHERE c.workspace = @workspace AND d.status IN (${REACHED}) AND d.last_attempt_at > @since
    GROUP BY d.person`;
}

/** Whoever of a campaign was capped is pending again. */
const UNCAP = `
  UPDATE deliveries SET status = 'pending', reason = NULL, due_at = 0
  WHERE campaign_id = @campaignId AND status = 'skipped' AND reason = 'capped'`;

/** Messages count that were sent within these bounds; without an end, also what a clock that was ahead has dated. */
export interface CapWindow {
  readonly since: number;
  readonly until: number | null;
}

/** For which times a limit holds: now, and when it was confirmed. */
function capWindows({ perMs }: { perMs: number }, held: HoldingBack): readonly CapWindow[] {
  const { at, confirmedAt } = held;
  const now = { since: at - perMs, until: null };
  return confirmedAt === null || confirmedAt >= at
    ? [now]
    : [now, { since: confirmedAt - perMs, until: confirmedAt }];
}

const IN_WINDOW =
  'o.last_attempt_at > @since AND (CAST(@until AS bigint) IS NULL OR o.last_attempt_at <= @until)';

/**
 * Skips pending deliveries of a campaign whose person got `overCount + 1` messages after `since`; `due_at` is when that
 * will be less.
 */
const CAP = `
  UPDATE deliveries SET status = 'skipped', reason = 'capped', due_at = allowed.at
  FROM (
    SELECT p.id, (
      SELECT o.last_attempt_at + CAST(@perMs AS bigint) FROM deliveries o JOIN campaigns c ON c.id = o.campaign_id
      WHERE o.person IN ${namesOf('p.person')} AND c.workspace = @workspace AND o.status IN (${REACHED})
        AND ${IN_WINDOW}
      ORDER BY o.last_attempt_at DESC LIMIT 1 OFFSET @overCount) AS at
    FROM deliveries p WHERE p.campaign_id = @campaignId AND p.status = 'pending'
  ) AS allowed
  WHERE deliveries.id = allowed.id AND allowed.at IS NOT NULL AND deliveries.status = 'pending'`;

/** Skips those pending of a campaign that are too many for their person together with earlier ones, by `recipients.key`. */
const CAP_PLANNED = `
  UPDATE deliveries SET status = 'skipped', reason = 'capped' WHERE id IN (
    SELECT id FROM (
      SELECT id, person, row_number() OVER (PARTITION BY person ORDER BY id) - 1 AS earlier FROM deliveries
      WHERE campaign_id = @campaignId AND status = 'pending') AS planned
    WHERE planned.earlier > 0 AND planned.earlier + (
      SELECT count(*) FROM deliveries o JOIN campaigns c ON c.id = o.campaign_id
      WHERE o.person IN ${namesOf('planned.person')} AND c.workspace = @workspace
        AND o.status IN (${REACHED}) AND ${IN_WINDOW}) > @overCount)`;

/** Skips those of the next due whose person got enough, counting earlier ones of the same claim, too. */
export const CAP_DUE = `
  UPDATE deliveries SET status = 'skipped', reason = 'capped' WHERE id IN (
    SELECT id FROM (
      SELECT id, person, row_number() OVER (PARTITION BY person ORDER BY due_at, id) - 1 AS earlier FROM (
        SELECT id, person, due_at FROM deliveries
        WHERE campaign_id = +@campaignId AND status = 'pending' AND due_at <= +@at
        ORDER BY due_at, id LIMIT +@max) AS next) AS due
    WHERE due.earlier + (
      SELECT count(*) FROM deliveries o JOIN campaigns c ON c.id = o.campaign_id
      WHERE o.person IN ${namesOf('due.person')} AND c.workspace = +@workspace
        AND o.status IN (${REACHED}) AND o.last_attempt_at > +@since) >= +@count)`;
