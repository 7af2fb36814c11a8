import type { ListStand } from '../../core/ledger/status.js';
import type { ShownAttempts, Unconfirmed } from '../../core/reconcile-ports.js';
import {
  AFTER_ID,
  COUNT_ACCEPTED,
  isOver,
  LAST_ACCEPTED,
  type LastAccepted,
  MARK_CONFIRMED,
  READ_AT,
  SHOWN,
  unconfirmedOf,
} from '../sql/unconfirmed.js';
import type { Sql } from './database.js';

async function lastOf(sql: Sql, campaignId: number): Promise<LastAccepted | null> {
  const from = await sql.row<{ afterId: number }>(AFTER_ID, { campaignId });
  const afterId = from?.afterId ?? 0;
  const last = await sql.row<Omit<LastAccepted, 'afterId'>>(LAST_ACCEPTED, { campaignId, afterId });
  return last === undefined ? null : { ...last, afterId };
}

/** End of the settle time of the last accepted one whom no reading looked for yet; null: there is none. */
export async function unconfirmedSettledAt(
  sql: Sql,
  campaignId: number,
  settleMs: number,
): Promise<number | null> {
  const last = await lastOf(sql, campaignId);
  return last === null ? null : last.endedAt + settleMs;
}

/** How far the list was read for accepted people. */
export async function listStand(sql: Sql, campaignId: number): Promise<ListStand> {
  const read = await sql.row<Pick<ListStand, 'readAt'>>(READ_AT, { campaignId });
  return {
    readAt: read?.readAt ?? null,
    lastUnreadAt: await unconfirmedSettledAt(sql, campaignId, 0),
  };
}

/** Whom a reading that begins at `at` can look for; null: nobody, or the settle time of the last is not over. */
export async function unconfirmed(
  sql: Sql,
  campaignId: number,
  settleMs: number,
  at: number,
): Promise<Unconfirmed | null> {
  const last = await lastOf(sql, campaignId);
  if (last === null || !isOver(last, settleMs, at)) return null;
  const { afterId, lastId } = last;
  const counted = await sql.row<Pick<Unconfirmed, 'count' | 'firstStartedAt'>>(COUNT_ACCEPTED, {
    campaignId,
    afterId,
    lastId,
  });
  return counted === undefined ? null : unconfirmedOf(last, counted, settleMs);
}

/** What a scan shows of them. */
export async function shownOf(
  sql: Sql,
  campaignId: number,
  scanId: number,
  { afterId, lastId }: Unconfirmed,
): Promise<ShownAttempts> {
  const shown = await sql.row<ShownAttempts>(SHOWN, { campaignId, scanId, afterId, lastId });
  if (shown === undefined) throw new Error('what a scan shows cannot be counted');
  return shown;
}

/** Keeps that a reading that began then looked for all accepted attempts up to this one. */
export async function markConfirmed(
  sql: Sql,
  campaignId: number,
  lastId: number,
  startedAt: number,
): Promise<void> {
  await sql.run(MARK_CONFIRMED, { campaignId, lastId, startedAt });
}
