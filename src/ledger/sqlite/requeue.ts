import type { Requeued, RequeueFilter, TakenOutReason } from '../../core/ledger/campaigns.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { OPEN_STATUS } from '../sql/open-status.js';
import { TAKEN_OUT_REASON } from '../sql/taken-out.js';
import { ledgerProblem } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';

/**
 * An operator's retry: `refused` and `exhausted` deliveries go back to `pending`, due at once, with a fresh count of
 * refusals. Never accepted, uncertain or skipped ones, and nobody who was taken out. Recorded with who and when.
 */
export function requeue(
  db: LedgerDatabase,
  campaignId: number,
  filter: RequeueFilter,
  { by, at }: Recorded,
): Result<Requeued> {
  try {
    const requeued = db
      .transaction((): Requeued => {
        const wanted = { ...filter, campaignId, at };
        const leftOut = db.prepare(LEFT_OUT).raw().all(wanted) as [TakenOutReason, number][];
        const { changes: count } = db.prepare(REQUEUE).run(wanted);
        db.prepare(
          'INSERT INTO operator_actions (campaign_id, action, detail, done_by, done_at) VALUES (?, ?, ?, ?, ?)',
        ).run(campaignId, 'retry', JSON.stringify({ ...filter, count }), by, at);
        return { count, leftOut: Object.fromEntries(leftOut) };
      })
      .immediate();
    return ok(requeued);
  } catch (error) {
    return failed(ledgerProblem(error, db.name));
  }
}

const WANTED = `
  d.campaign_id = @campaignId AND ${OPEN_STATUS} AND (status = 'refused' OR status = 'exhausted')
    AND (@status IS NULL OR status = @status)
    AND (@code IS NULL OR error_code = @code OR reason = @code)
    AND (@person IS NULL OR person = @person)
    AND (@failedBefore IS NULL OR last_attempt_at < @failedBefore)`;

const REQUEUE = `
  UPDATE deliveries AS d
  SET status = 'pending', reason = NULL, due_at = 0, transient_refusals = 0, deferrals = 0
  WHERE ${WANTED} AND ${TAKEN_OUT_REASON} IS NULL`;

const LEFT_OUT = `
  SELECT why, count(*) FROM (SELECT ${TAKEN_OUT_REASON} AS why FROM deliveries d WHERE ${WANTED})
  WHERE why IS NOT NULL GROUP BY why`;
