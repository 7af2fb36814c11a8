import type { ActionKind } from '../../core/ledger/actions.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { NOTE_ACTION, notedAction } from '../sql/actions.js';
import { CANCEL_PENDING, SET_CONTROL, UNCANCEL } from '../sql/control.js';
import type { Database, Sql } from './database.js';
import { lockTakingOut, skipTakenOut } from './taking-out.js';

/** Stops a campaign from sending until `resumeCampaign`. */
export async function pauseCampaign(db: Database, campaignId: number, recorded: Recorded): Promise<void> {
  await changeControl(db, { campaignId, control: 'paused', kind: 'paused', ...recorded }, async () => 0);
}

/** Lets a campaign go on; what a cancel had skipped is pending again, but for who was taken out meanwhile. */
export async function resumeCampaign(db: Database, campaignId: number, recorded: Recorded): Promise<void> {
  await changeControl(db, { campaignId, control: 'go', kind: 'resumed', ...recorded }, (sql) =>
    sql.run(UNCANCEL, { campaignId }),
  );
}

/** Gives up what is still pending. Returns how many are skipped now. */
export function cancelCampaign(db: Database, campaignId: number, recorded: Recorded): Promise<number> {
  return changeControl(db, { campaignId, control: 'canceled', kind: 'canceled', ...recorded }, (sql) =>
    sql.run(CANCEL_PENDING, { campaignId }),
  );
}

interface Change extends Recorded {
  readonly campaignId: number;
  readonly control: 'go' | 'paused' | 'canceled';
  readonly kind: ActionKind;
}

function changeControl(
  db: Database,
  { campaignId, control, kind, ...recorded }: Change,
  change: (sql: Sql) => Promise<number>,
): Promise<number> {
  return db.transaction(async (sql) => {
    await lockTakingOut(sql);
    // The campaign after its people, as an import locks them.
    const changed = await change(sql);
    await sql.run(SET_CONTROL, { campaignId, control });
    if (control === 'go') await skipTakenOut(sql, campaignId, recorded.at);
    await sql.run(NOTE_ACTION, notedAction(campaignId, kind, { deliveries: changed }, recorded));
    return changed;
  });
}
