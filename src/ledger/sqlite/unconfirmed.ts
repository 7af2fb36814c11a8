import type { ListStand } from '../../core/ledger/ledger.js';
import type { ShownAttempts, Unconfirmed } from '../../core/reconcile-ports.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';

/** After which attempt the accepted ones of a campaign begin that no reading looked for yet. */
const AFTER_ID = `
  (SELECT max(c.confirmed_attempt_id, coalesce((SELECT min(after_attempt_id) FROM runs WHERE campaign_id = c.id), 0))
   FROM campaigns c WHERE c.id = @campaignId)`;

/**
 * Attempts of a campaign that were accepted by their answer: whom the list settled has its word already. Told by the id:
 * no message has to keep an index for it.
 */
const ACCEPTED = `
  attempts a WHERE a.id > @afterId AND a.outcome = 'accepted'
    AND a.run_id IN (SELECT id FROM runs WHERE campaign_id = @campaignId)
    AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.attempt_id = a.id)`;

const LAST = `
  SELECT a.id AS lastId, coalesce(a.ended_at, a.started_at) AS endedAt FROM ${ACCEPTED} ORDER BY a.id DESC LIMIT 1`;

interface Last {
  readonly lastId: number;
  readonly endedAt: number;
}

function lastOf(db: LedgerDatabase, campaignId: number): (Last & { readonly afterId: number }) | null {
  const afterId = prepared(db, `SELECT ${AFTER_ID}`).pluck().get({ campaignId }) as number;
  const last = prepared(db, LAST).get({ campaignId, afterId }) as Last | undefined;
  return last === undefined ? null : { ...last, afterId };
}

/** End of the settle time of the last accepted one whom no reading looked for yet; null: there is none. */
export function unconfirmedSettledAt(
  db: LedgerDatabase,
  campaignId: number,
  settleMs: number,
): number | null {
  const last = lastOf(db, campaignId);
  return last === null ? null : last.endedAt + settleMs;
}

/** How far the list was read for accepted people. */
export function listStand(db: LedgerDatabase, campaignId: number): ListStand {
  const read =
    'SELECT max(coalesce(list_read_at, confirmed_at), coalesce(confirmed_at, list_read_at)) FROM campaigns WHERE id = ?';
  const readAt = prepared(db, read).pluck().get(campaignId) as number | null;
  return { readAt, lastUnreadAt: unconfirmedSettledAt(db, campaignId, 0) };
}

/** Whom a reading that begins at `at` can look for; null: nobody, or the settle time of the last is not over. */
export function unconfirmed(
  db: LedgerDatabase,
  campaignId: number,
  settleMs: number,
  at: number,
): Unconfirmed | null {
  const last = lastOf(db, campaignId);
  if (last === null || last.endedAt + settleMs >= at) return null;
  const { afterId, lastId, endedAt } = last;
  const all = `SELECT count(*) AS count, min(a.started_at) AS firstStartedAt FROM ${ACCEPTED} AND a.id <= @lastId`;
  const counted = prepared(db, all).get({ campaignId, afterId, lastId });
  return {
    ...(counted as Pick<Unconfirmed, 'count' | 'firstStartedAt'>),
    afterId,
    lastId,
    settledAt: endedAt + settleMs,
  };
}

const SHOWN = `
  SELECT count(m.record_id) AS found,
    count(m.record_id) FILTER (WHERE d.confirmation = 'failed') AS failed,
    count(*) FILTER (WHERE length(d.person) < 19) - count(m.record_id) FILTER (WHERE length(d.person) < 19) AS missing
  FROM (SELECT a.delivery_id FROM ${ACCEPTED} AND a.id <= @lastId) AS accepted
  CROSS JOIN deliveries d ON d.id = accepted.delivery_id
  LEFT JOIN scan_matches m ON m.scan_id = @scanId AND m.kind = 'delivery' AND m.sent_id = d.id AND m.extra = 0`;

/** What a scan shows of them. */
export function shownOf(
  db: LedgerDatabase,
  campaignId: number,
  scanId: number,
  { afterId, lastId }: Unconfirmed,
): ShownAttempts {
  return prepared(db, SHOWN).get({ campaignId, scanId, afterId, lastId }) as ShownAttempts;
}

/** Keeps that a reading that began then looked for all accepted attempts up to this one. */
export function markConfirmed(
  db: LedgerDatabase,
  campaignId: number,
  lastId: number,
  startedAt: number,
): void {
  const mark = `
    UPDATE campaigns SET confirmed_attempt_id = max(confirmed_attempt_id, ?), confirmed_at = ? WHERE id = ?`;
  prepared(db, mark).run(lastId, startedAt, campaignId);
}
