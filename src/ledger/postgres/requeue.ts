import type { Requeued, RequeueFilter, TakenOutReason } from '../../core/ledger/campaigns.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { NOTE_ACTION, notedAction } from '../sql/add-action.js';
import { LEFT_OUT, REQUEUE, requeueFacts, requeueing } from '../sql/requeue.js';
import type { Database } from './database.js';
import { PLANNED } from './shared-runs.js';
import { lockTakingOut } from './taking-out.js';

/** An operator's retry: what was refused or given up is pending again, but for who was taken out. */
export function requeue(
  db: Database,
  campaignId: number,
  filter: RequeueFilter,
  recorded: Recorded,
): Promise<Requeued> {
  return db.transaction(async (sql) => {
    await lockTakingOut(sql);
    const wanted = requeueing(campaignId, filter, recorded.at);
    const leftOut = await sql.lists<[TakenOutReason, number]>(LEFT_OUT, wanted);
    const count = await sql.run(REQUEUE, wanted);
    // They are no part of what was confirmed before: no machine goes on with them by itself.
    if (count > 0) await sql.run(PLANNED, { campaignId, digest: null });
    await sql.run(NOTE_ACTION, notedAction(campaignId, 'retried', requeueFacts(filter, count), recorded));
    return { count, leftOut: Object.fromEntries(leftOut) };
  });
}
