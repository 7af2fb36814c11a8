import type { SeenControl } from '../../core/ledger/campaigns.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { NOTE_ACTION, notedAction } from '../sql/add-action.js';
import { AS_SEEN, CANCEL_PENDING, type ControlChange, SET_CONTROL, UNCANCEL } from '../sql/control.js';
import type { Database, Sql } from './database.js';
import { lockTakingOut, skipTakenOut } from './taking-out.js';

/** Stops a campaign from sending until `resumeCampaign`; false: it is not as it was seen. */
export async function pauseCampaign(
  db: Database,
  campaignId: number,
  recorded: Recorded,
  seen?: SeenControl,
): Promise<boolean> {
  const change = { campaignId, control: 'paused', kind: 'paused', seen, ...recorded } as const;
  return (await changeControl(db, change, async () => 0)) !== null;
}

/**
 * Lets a campaign go on; what a cancel had skipped is pending again, but for who was taken out meanwhile. false: it is not as it
 * was seen.
 */
export async function resumeCampaign(
  db: Database,
  campaignId: number,
  recorded: Recorded,
  seen?: SeenControl,
): Promise<boolean> {
  const change = { campaignId, control: 'go', kind: 'resumed', seen, ...recorded } as const;
  return (await changeControl(db, change, (sql) => sql.run(UNCANCEL, { campaignId }))) !== null;
}

/** Gives up what is still pending. Returns how many are skipped now. */
export async function cancelCampaign(db: Database, campaignId: number, recorded: Recorded): Promise<number> {
  const change = { campaignId, control: 'canceled', kind: 'canceled', ...recorded } as const;
  return (await changeControl(db, change, (sql) => sql.run(CANCEL_PENDING, { campaignId }))) ?? 0;
}

/** How many deliveries it changed; null: the campaign is not as it was seen. */
function changeControl(
  db: Database,
  { campaignId, control, kind, seen, ...recorded }: ControlChange,
  change: (sql: Sql) => Promise<number>,
): Promise<number | null> {
  return db.transaction(async (sql) => {
    await lockTakingOut(sql);
    // Whoever changes it takes that lock first, too.
    if ((await sql.row(AS_SEEN, { campaignId, seen: seen ?? '' })) === undefined) return null;
    // The campaign after its people, as an import locks them.
    const changed = await change(sql);
    await sql.run(SET_CONTROL, { campaignId, control });
    if (control === 'go') await skipTakenOut(sql, campaignId, recorded.at);
    await sql.run(NOTE_ACTION, notedAction(campaignId, kind, { deliveries: changed }, recorded));
    return changed;
  });
}
