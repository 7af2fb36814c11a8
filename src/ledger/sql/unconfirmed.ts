import type { Unconfirmed } from '../../core/reconcile-ports.js';

/** After which attempt the accepted ones of a campaign begin that no reading looked for yet. */
const FIRST_RUN = 'coalesce((SELECT min(after_attempt_id) FROM runs WHERE campaign_id = c.id), 0)';
export const AFTER_ID = `
  SELECT CASE WHEN c.confirmed_attempt_id > ${FIRST_RUN} THEN c.confirmed_attempt_id ELSE ${FIRST_RUN} END AS "afterId"
  FROM campaigns c WHERE c.id = @campaignId`;

/**
 * Attempts of a campaign that were accepted by their answer: whom the list settled has its word already. Told by the id:
 * no message has to keep an index for it.
 */
const ACCEPTED = `
  attempts a WHERE a.id > @afterId AND a.outcome = 'accepted'
    AND a.run_id IN (SELECT id FROM runs WHERE campaign_id = @campaignId)
    AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.attempt_id = a.id)`;

/** The last of them. */
export const LAST_ACCEPTED = `
  SELECT a.id AS "lastId", coalesce(a.ended_at, a.started_at) AS "endedAt" FROM ${ACCEPTED} ORDER BY a.id DESC LIMIT 1`;

/** The last accepted one whom no reading looked for yet, and where those begin. */
export interface LastAccepted {
  readonly afterId: number;
  readonly lastId: number;
  readonly endedAt: number;
}

/** When the list was read last for the campaign. */
export const READ_AT = `
  SELECT CASE WHEN list_read_at > confirmed_at THEN list_read_at ELSE coalesce(confirmed_at, list_read_at) END AS "readAt"
  FROM campaigns WHERE id = @campaignId`;

/** How many those are up to `@lastId`, and when the first of them began. */
export const COUNT_ACCEPTED = `
  SELECT count(*) AS count, min(a.started_at) AS "firstStartedAt" FROM ${ACCEPTED} AND a.id <= @lastId`;

/** What a scan shows of them. */
export const SHOWN = `
  SELECT count(m.record_id) AS found,
    count(m.record_id) FILTER (WHERE d.confirmation = 'failed') AS failed,
    count(*) FILTER (WHERE length(d.person) < 19) - count(m.record_id) FILTER (WHERE length(d.person) < 19) AS missing
  FROM (SELECT a.delivery_id FROM ${ACCEPTED} AND a.id <= @lastId) AS accepted
  CROSS JOIN deliveries d
  LEFT JOIN scan_matches m ON m.scan_id = @scanId AND m.kind = 'delivery' AND m.sent_id = d.id AND m.extra = 0
  WHERE d.id = accepted.delivery_id`;

/** A reading that began then looked for all accepted attempts up to this one. */
export const MARK_CONFIRMED = `
  UPDATE campaigns SET confirmed_at = @startedAt,
    confirmed_attempt_id = CASE WHEN confirmed_attempt_id > @lastId THEN confirmed_attempt_id ELSE @lastId END
  WHERE id = @campaignId`;

/** Whether a reading that begins at `at` may look for them: the settle time of the last is over. */
export function isOver({ endedAt }: LastAccepted, settleMs: number, at: number): boolean {
  return endedAt + settleMs < at;
}

/** Whom such a reading looks for. */
export function unconfirmedOf(
  { afterId, lastId, endedAt }: LastAccepted,
  counted: Pick<Unconfirmed, 'count' | 'firstStartedAt'>,
  settleMs: number,
): Unconfirmed {
  return { ...counted, afterId, lastId, settledAt: endedAt + settleMs };
}
