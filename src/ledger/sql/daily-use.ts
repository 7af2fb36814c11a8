import type { DailyUse } from '../../core/ledger/campaigns.js';
import { oneRow, type Steps } from './steps.js';

/**
 * Counts the people of a workspace in the moving 24 hours, as WhatsApp does
 * (https://developers.facebook.com/docs/whatsapp/messaging-limits): from the ledger, so that it holds over
 * restarts and campaigns.
 *
 * @param perDay the cap; more people than it may have been written to before it was lowered
 */
export function* dailyUse(workspace: string, perDay: number, at: number): Steps<DailyUse> {
  const moment = firstWrittenAt(at);
  const before = yield* oneRow<{ id: number }>(LAST_BEFORE, { moment });
  const beforeRuns = yield* oneRow<{ id: number | null }>(BEFORE_RUNS_SINCE, { workspace, moment });
  const asked = dailyUseAsked(workspace, perDay, at, Math.min(before.id, beforeRuns.id ?? before.id));
  return dailyUseOf(yield* oneRow<DailyUseRow>(DAILY_USE, asked), perDay);
}

const DAY_MS = 24 * 60 * 60_000;
/** Attempts stand in order of time but for steps of the clock, of which this much is allowed for. */
const CLOCK_STEP_MS = 2 * 60 * 60_000;

/** When an attempt was written. What an audit found was written later than it was sent; such an attempt is of no run. */
const WRITTEN_AT = 'CASE run_id WHEN 0 THEN ended_at ELSE started_at END';

/** When the first attempt was written from a middle on: numbers are left out where a transaction was given up. */
const MIDDLE_AT = `(SELECT ${WRITTEN_AT} FROM attempts WHERE id >= (low + high) / 2 ORDER BY id LIMIT 1)`;

/** The last attempt that was written before a moment, found by halving: an index on time would slow every send down. */
const LAST_BEFORE = `
  WITH RECURSIVE halving (low, high) AS (
    SELECT CAST(0 AS bigint), (SELECT coalesce(max(id), 0) + 1 FROM attempts)
    UNION ALL
    SELECT CASE WHEN ${MIDDLE_AT} < @moment THEN (low + high) / 2 ELSE low END,
      CASE WHEN ${MIDDLE_AT} < @moment THEN high ELSE (low + high) / 2 END
    FROM halving WHERE high - low > 1)
  SELECT max(low) AS id FROM halving`;

/**
 * The people of a workspace written to after `since`, among the attempts after `afterId`, and when the one was written to
 * with whose leaving fewer than the cap are left.
 */
const DAILY_USE = `
  WITH people AS MATERIALIZED (
    SELECT max(a.started_at) AS last_at
    FROM attempts a JOIN deliveries d ON d.id = a.delivery_id JOIN campaigns c ON c.id = d.campaign_id
    WHERE a.id > @afterId AND a.started_at > @since AND c.workspace = @workspace AND a.live = 1
    GROUP BY d.person)
  SELECT (SELECT count(*) FROM people) AS people, (SELECT last_at FROM people ORDER BY last_at
    LIMIT 1 OFFSET (SELECT CASE WHEN count(*) > @perDay THEN count(*) - @perDay ELSE 0 END FROM people)) AS leaves`;

/** A row of `DAILY_USE`. */
interface DailyUseRow {
  readonly people: number;
  readonly leaves: number | null;
}

/**
 * Before which attempt none is of a run that went on after `moment`. A clock that was far behind for a while, such as that of a
 * machine just started, leads a search by time past all that went out before.
 */
const BEFORE_RUNS_SINCE = `
  SELECT min(r.after_attempt_id) AS id FROM runs r JOIN campaigns c ON c.id = r.campaign_id
  WHERE c.workspace = @workspace
    AND CASE r.ending WHEN 'died' THEN r.started_at ELSE coalesce(r.ended_at, r.started_at) END >= @moment`;

/** Before which moment no attempt was written that counts at `at`. */
function firstWrittenAt(at: number): number {
  return at - DAY_MS - CLOCK_STEP_MS;
}

/** What fills `DAILY_USE`. */
function dailyUseAsked(workspace: string, perDay: number, at: number, afterId: number) {
  return { workspace, perDay, since: at - DAY_MS, afterId };
}

/** The use that a row tells. */
function dailyUseOf({ people, leaves }: DailyUseRow, perDay: number): DailyUse {
  return { people, nextFreeAt: people < perDay || leaves === null ? null : leaves + DAY_MS };
}
