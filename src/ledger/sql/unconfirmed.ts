import type { ListStand } from '../../core/ledger/status.js';
import type { ShownAttempts, Unconfirmed } from '../../core/reconcile-ports.js';
import { oneRow, row, run, type Steps } from './steps.js';

/** End of the settle time of the last accepted one whom no reading looked for yet; null: there is none. */
export function* unconfirmedSettledAt(campaignId: number, settleMs: number): Steps<number | null> {
  const last = yield* lastOf(campaignId);
  return last === null ? null : last.endedAt + settleMs;
}

/** How far the list was read for accepted people. */
export function* listStand(campaignId: number): Steps<ListStand> {
  const { readAt } = yield* oneRow<Pick<ListStand, 'readAt'>>(READ_AT, { campaignId });
  return { readAt, lastUnreadAt: yield* unconfirmedSettledAt(campaignId, 0) };
}

/** Whom a reading that begins at `at` can look for; null: nobody, or the settle time of the last is not over. */
export function* unconfirmed(campaignId: number, settleMs: number, at: number): Steps<Unconfirmed | null> {
  const last = yield* lastOf(campaignId);
  if (last === null || !isOver(last, settleMs, at)) return null;
  const { afterId, lastId } = last;
  const counted = yield* oneRow<CountedAccepted>(COUNT_ACCEPTED, { campaignId, afterId, lastId });
  return unconfirmedOf(last, counted, settleMs);
}

/** What a scan shows of them. */
export function shownOf(
  campaignId: number,
  scanId: number,
  { afterId, lastId }: Unconfirmed,
): Steps<ShownAttempts> {
  return oneRow(SHOWN, { campaignId, scanId, afterId, lastId });
}

/** Keeps that a reading that began then looked for all accepted attempts up to this one. */
export function* markConfirmed(campaignId: number, lastId: number, startedAt: number): Steps<void> {
  yield* run(MARK_CONFIRMED, { campaignId, lastId, startedAt });
}

function* lastOf(campaignId: number): Steps<LastAccepted | null> {
  const { afterId } = yield* oneRow<{ afterId: number }>(AFTER_ID, { campaignId });
  const last = yield* row<Omit<LastAccepted, 'afterId'>>(LAST_ACCEPTED, { campaignId, afterId });
  return last === undefined ? null : { ...last, afterId };
}

/** After which attempt the accepted ones of a campaign begin that no reading looked for yet. */
const FIRST_RUN = 'coalesce((SELECT min(after_attempt_id) FROM runs WHERE campaign_id = c.id), 0)';
const AFTER_ID = `
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
const LAST_ACCEPTED = `
  SELECT a.id AS "lastId", coalesce(a.ended_at, a.started_at) AS "endedAt" FROM ${ACCEPTED} ORDER BY a.id DESC LIMIT 1`;

/** The last accepted one whom no reading looked for yet, and where those begin. */
interface LastAccepted {
  readonly afterId: number;
  readonly lastId: number;
  readonly endedAt: number;
}

/** When the list was read last for the campaign. */
const READ_AT = `
  SELECT CASE WHEN list_read_at > confirmed_at THEN list_read_at ELSE coalesce(confirmed_at, list_read_at) END AS "readAt"
  FROM campaigns WHERE id = @campaignId`;

/** How many those are up to `@lastId`, and when the first of them began. */
const COUNT_ACCEPTED = `
  SELECT count(*) AS count, min(a.started_at) AS "firstStartedAt" FROM ${ACCEPTED} AND a.id <= @lastId`;

type CountedAccepted = Pick<Unconfirmed, 'count' | 'firstStartedAt'>;

/** What a scan shows of them. */
const SHOWN = `
  SELECT count(m.record_id) AS found,
    count(m.record_id) FILTER (WHERE d.confirmation = 'failed') AS failed,
    count(*) FILTER (WHERE length(d.person) < 19) - count(m.record_id) FILTER (WHERE length(d.person) < 19) AS missing
  FROM (SELECT a.delivery_id FROM ${ACCEPTED} AND a.id <= @lastId) AS accepted
  CROSS JOIN deliveries d
  LEFT JOIN scan_matches m ON m.scan_id = @scanId AND m.kind = 'delivery' AND m.sent_id = d.id AND m.extra = 0
  WHERE d.id = accepted.delivery_id`;

/** A reading that began then looked for all accepted attempts up to this one. */
const MARK_CONFIRMED = `
  UPDATE campaigns SET confirmed_at = @startedAt,
    confirmed_attempt_id = CASE WHEN confirmed_attempt_id > @lastId THEN confirmed_attempt_id ELSE @lastId END
  WHERE id = @campaignId`;

/** Whether a reading that begins at `at` may look for them: the settle time of the last is over. */
function isOver({ endedAt }: LastAccepted, settleMs: number, at: number): boolean {
  return endedAt + settleMs < at;
}

/** Whom such a reading looks for. */
function unconfirmedOf(
  { afterId, lastId, endedAt }: LastAccepted,
  counted: CountedAccepted,
  settleMs: number,
): Unconfirmed {
  return { ...counted, afterId, lastId, settledAt: endedAt + settleMs };
}
