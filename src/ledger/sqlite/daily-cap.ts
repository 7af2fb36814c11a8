import type { DailyUse } from '../../core/ledger/campaigns.js';
import type { LedgerDatabase } from './open-ledger.js';

const DAY_MS = 24 * 60 * 60_000;

/**
 * Counts the people of a workspace in the moving 24 hours, as WhatsApp does
 * (https://developers.facebook.com/docs/whatsapp/messaging-limits): from the ledger, so that it holds over
 * restarts and campaigns.
 *
 * @param perDay the cap; more people than it may have been written to before it was lowered
 */
export function dailyUse(db: LedgerDatabase, workspace: string, perDay: number, at: number): DailyUse {
  const { people, leaves } = db
    .prepare(
      `WITH people AS MATERIALIZED (
         SELECT max(a.started_at) AS last_at
         FROM attempts a JOIN deliveries d ON d.id = a.delivery_id JOIN campaigns c ON c.id = d.campaign_id
         WHERE a.id > ? AND a.started_at > ? AND c.workspace = ? AND a.live = 1
         GROUP BY d.person)
       SELECT (SELECT count(*) FROM people) AS people, (SELECT last_at FROM people ORDER BY last_at
         LIMIT 1 OFFSET (SELECT max(0, count(*) - ?) FROM people)) AS leaves`,
    )
    .get(lastAttemptBefore(db, at - DAY_MS - CLOCK_STEP_MS), at - DAY_MS, workspace, perDay) as {
    people: number;
    leaves: number | null;
  };
  return { people, nextFreeAt: people < perDay || leaves === null ? null : leaves + DAY_MS };
}

/** Attempts stand in order of time but for steps of the clock, of which this much is allowed for. */
const CLOCK_STEP_MS = 2 * 60 * 60_000;

/** The last attempt that began before a moment, found by halving: an index on time would slow every send down. */
function lastAttemptBefore(db: LedgerDatabase, moment: number): number {
  const last = Number(db.prepare('SELECT coalesce(max(id), 0) FROM attempts').pluck().get());
  // What an audit found was written later than it was sent; such an attempt is of no run.
  const writtenAt = 'CASE run_id WHEN 0 THEN ended_at ELSE started_at END';
  const startedAt = db.prepare(`SELECT ${writtenAt} FROM attempts WHERE id = ?`).pluck();
  let [low, high] = [0, last + 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (Number(startedAt.get(middle) ?? 0) < moment) low = middle;
    else high = middle;
  }
  return low;
}
