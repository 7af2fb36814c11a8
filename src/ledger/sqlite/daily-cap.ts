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
import type { LedgerDatabase } from './open-ledger.js';

/**
 * Counts the people of a workspace in the moving 24 hours, as WhatsApp does
 * (https://developers.facebook.com/docs/whatsapp/messaging-limits): from the ledger, so that it holds over
 * restarts and campaigns.
 *
 * @param perDay the cap; more people than it may have been written to before it was lowered
 */
export function dailyUse(db: LedgerDatabase, workspace: string, perDay: number, at: number): DailyUse {
  const moment = firstWrittenAt(at);
  const beforeRuns = db.prepare(BEFORE_RUNS_SINCE).pluck().get({ workspace, moment }) as number | null;
  const before = lastAttemptBefore(db, moment);
  const asked = dailyUseAsked(workspace, perDay, at, Math.min(before, beforeRuns ?? before));
  return dailyUseOf(db.prepare(DAILY_USE).get(asked) as DailyUseRow, perDay);
}

/** The last attempt that began before a moment, found by halving: an index on time would slow every send down. */
function lastAttemptBefore(db: LedgerDatabase, moment: number): number {
  const last = Number(db.prepare('SELECT coalesce(max(id), 0) FROM attempts').pluck().get());
  const startedAt = db.prepare(`SELECT ${WRITTEN_AT} FROM attempts WHERE id = ?`).pluck();
  let [low, high] = [0, last + 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (Number(startedAt.get(middle) ?? 0) < moment) low = middle;
    else high = middle;
  }
  return low;
}
