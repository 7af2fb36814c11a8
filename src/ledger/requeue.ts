import { failed, ok, type Result } from '../core/problem.js';
import type { Recorded } from '../core/reconcile-ports.js';
import { ledgerProblem } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';
import { OPEN_STATUS } from './open-status.js';

/** Which failed deliveries to take up again; null: whatever it is. All that are given must hold. */
export interface RequeueFilter {
  readonly status: 'refused' | 'exhausted' | null;
  /** WhatsApp's or the provider's code, or our reason, such as `131049` or `not-now`. */
  readonly code: string | null;
  /** Identity. */
  readonly person: string | null;
  /** Those whose last attempt began before; epoch milliseconds. */
  readonly failedBefore: number | null;
}

/**
 * An operator's retry: `refused` and `exhausted` deliveries go back to `pending`, due at once, with a fresh count of
 * refusals. Never accepted, uncertain or skipped ones. Recorded with who and when. Returns how many.
 */
export function requeue(
  db: LedgerDatabase,
  campaignId: number,
  filter: RequeueFilter,
  { by, at }: Recorded,
): Result<number> {
  try {
    const count = db
      .transaction(() => {
        const { changes } = db.prepare(REQUEUE).run({ ...filter, campaignId });
        db.prepare(
          'INSERT INTO operator_actions (campaign_id, action, detail, done_by, done_at) VALUES (?, ?, ?, ?, ?)',
        ).run(campaignId, 'retry', JSON.stringify({ ...filter, count: changes }), by, at);
        return changes;
      })
      .immediate();
    return ok(count);
  } catch (error) {
    return failed(ledgerProblem(error, db.name));
  }
}

const REQUEUE = `
  UPDATE deliveries SET status = 'pending', reason = NULL, due_at = 0, transient_refusals = 0, deferrals = 0
  WHERE campaign_id = @campaignId AND ${OPEN_STATUS} AND (status = 'refused' OR status = 'exhausted')
    AND (@status IS NULL OR status = @status)
    AND (@code IS NULL OR error_code = @code OR reason = @code)
    AND (@person IS NULL OR person = @person)
    AND (@failedBefore IS NULL OR last_attempt_at < @failedBefore)`;
