import type { Requeued, RequeueFilter, TakenOutReason } from '../../core/ledger/campaigns.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { NOTE_ACTION } from '../sql/control.js';
import { LEFT_OUT, REQUEUE, requeueing } from '../sql/requeue.js';
import type { Database } from './database.js';
import { lockTakingOut } from './taking-out.js';

/** An operator's retry: what was refused or given up is pending again, but for who was taken out. */
export function requeue(
  db: Database,
  campaignId: number,
  filter: RequeueFilter,
  { by, at }: Recorded,
): Promise<Requeued> {
  return db.transaction(async (sql) => {
    await lockTakingOut(sql);
    const wanted = requeueing(campaignId, filter, at);
    const leftOut = await sql.lists<[TakenOutReason, number]>(LEFT_OUT, wanted);
    const count = await sql.run(REQUEUE, wanted);
    const detail = JSON.stringify({ ...filter, count });
    await sql.run(NOTE_ACTION, { campaignId, action: 'retry', detail, by, at });
    return { count, leftOut: Object.fromEntries(leftOut) };
  });
}
