import type { Requeued, RequeueFilter, TakenOutReason } from '../../core/ledger/campaigns.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { NOTE_ACTION, notedAction } from '../sql/add-action.js';
import { LEFT_OUT, REQUEUE, requeueFacts, requeueing } from '../sql/requeue.js';
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
  recorded: Recorded,
): Result<Requeued> {
  try {
    const requeued = db
      .transaction((): Requeued => {
        const wanted = requeueing(campaignId, filter, recorded.at);
        const leftOut = db.prepare(LEFT_OUT).raw().all(wanted) as [TakenOutReason, number][];
        const { changes: count } = db.prepare(REQUEUE).run(wanted);
        const facts = requeueFacts(filter, count);
        db.prepare(NOTE_ACTION).run(notedAction(campaignId, 'retried', facts, recorded));
        return { count, leftOut: Object.fromEntries(leftOut) };
      })
      .immediate();
    return ok(requeued);
  } catch (error) {
    return failed(ledgerProblem(error, db.name));
  }
}
