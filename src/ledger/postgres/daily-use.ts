import type { DailyUse } from '../../core/ledger/campaigns.js';
import {
  BEFORE_RUNS_SINCE,
  DAILY_USE,
  type DailyUseRow,
  dailyUseAsked,
  dailyUseOf,
  firstWrittenAt,
  WRITTEN_AT,
} from '../sql/daily-use.js';
import type { Sql } from './database.js';

/** Counts the people of a workspace in the moving 24 hours. */
export async function dailyUse(sql: Sql, workspace: string, perDay: number, at: number): Promise<DailyUse> {
  const moment = firstWrittenAt(at);
  const before = (await sql.row<{ id: number }>(LAST_BEFORE, { moment }))?.id ?? 0;
  const beforeRuns = await sql.row<{ id: number | null }>(BEFORE_RUNS_SINCE, { workspace, moment });
  const asked = dailyUseAsked(workspace, perDay, at, Math.min(before, beforeRuns?.id ?? before));
  const row = await sql.row<DailyUseRow>(DAILY_USE, asked);
  return dailyUseOf(row ?? { people: 0, leaves: null }, perDay);
}

/**
 * The last attempt that was written before a moment, found by halving: an index on time would slow every send down. Numbers
 * are left out where a transaction was given up, so that the next attempt answers for the middle.
 */
const LAST_BEFORE = `
  WITH RECURSIVE halving (low, high) AS (
    SELECT CAST(0 AS bigint), (SELECT coalesce(max(id), 0) + 1 FROM attempts)
    UNION ALL
    SELECT CASE WHEN early THEN middle ELSE low END, CASE WHEN early THEN high ELSE middle END
    FROM (
      SELECT low, high, middle, (
        SELECT ${WRITTEN_AT} FROM attempts WHERE id >= middle ORDER BY id LIMIT 1) < @moment AS early
      FROM (SELECT low, high, (low + high) / 2 AS middle FROM halving WHERE high - low > 1) AS asked) AS answered)
  SELECT max(low) AS id FROM halving`;
