import type { ActionFacts } from '../../core/ledger/action-facts.js';
import type { Requeued, RequeueFilter, TakenOutReason } from '../../core/ledger/campaigns.js';
import { maskedPhone } from '../../core/masked-phones.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { NOTE_ACTION, notedAction } from './add-action.js';
import { OPEN_STATUS } from './counts.js';
import type { Dialect } from './dialect.js';
import { notePlan } from './entered-runs.js';
import { lists, run, type Steps } from './steps.js';
import { TAKEN_OUT_REASON } from './taken-out.js';

/**
 * An operator's retry: `refused` and `exhausted` deliveries go back to `pending`, due at once, with a fresh count of
 * refusals. Never accepted, uncertain or skipped ones, and nobody who was taken out. Recorded with who and when. Within a
 * transaction that holds `taking-out`.
 */
export function* requeue(
  dialect: Dialect,
  campaignId: number,
  filter: RequeueFilter,
  recorded: Recorded,
): Steps<Requeued> {
  const wanted = requeueing(campaignId, filter, recorded.at);
  const leftOut = yield* lists<[TakenOutReason, number]>(LEFT_OUT, wanted);
  const count = yield* run(REQUEUE, wanted);
  // They are no part of what was confirmed before.
  if (count > 0) yield* notePlan(dialect, campaignId, null);
  yield* run(NOTE_ACTION, notedAction(campaignId, 'retried', requeueFacts(filter, count), recorded));
  return { count, leftOut: Object.fromEntries(leftOut) };
}

const WANTED = `
  d.campaign_id = @campaignId AND ${OPEN_STATUS} AND (status = 'refused' OR status = 'exhausted')
    AND (CAST(@status AS text) IS NULL OR status = @status)
    AND (CAST(@code AS text) IS NULL OR error_code = @code OR reason = @code)
    AND (CAST(@reason AS text) IS NULL
      OR coalesce(reason, status) = @reason AND coalesce(error_code, '') = @errorCode)
    AND (CAST(@person AS text) IS NULL OR person = @person)
    AND (CAST(@failedBefore AS bigint) IS NULL OR last_attempt_at < @failedBefore)`;

/** Puts the failed deliveries of a campaign that fit back to `pending`, but for those who were taken out. */
const REQUEUE = `
  UPDATE deliveries AS d
  SET status = 'pending', reason = NULL, due_at = 0, transient_refusals = 0, deferrals = 0
  WHERE ${WANTED} AND ${TAKEN_OUT_REASON} IS NULL`;

/** Of those that fit, who was taken out: why, and how many. */
const LEFT_OUT = `
  SELECT why, count(*) FROM (SELECT ${TAKEN_OUT_REASON} AS why FROM deliveries d WHERE ${WANTED}) AS wanted
  WHERE why IS NOT NULL GROUP BY why`;

/** What fills both. */
function requeueing(campaignId: number, filter: RequeueFilter, at: number) {
  const { status, code, group, person, failedBefore } = filter;
  const [reason, errorCode] = [group?.reason ?? null, group?.errorCode ?? ''];
  return { campaignId, at, status, code, reason, errorCode, person, failedBefore };
}

/** What the log says of a retry: which were put back, and how many. */
function requeueFacts(
  { status, code, group, person, failedBefore }: RequeueFilter,
  count: number,
): ActionFacts {
  const ofGroup = group === null ? { code } : { reason: group.reason, code: group.errorCode };
  const asked = { status, ...ofGroup, person: person === null ? null : maskedPhone(person), failedBefore };
  const given = Object.entries(asked).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(given), deliveries: count };
}
