import type { SeenControl } from '../../core/ledger/campaigns.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { NOTE_ACTION, notedAction } from '../sql/add-action.js';
import { AS_SEEN, CANCEL_PENDING, type ControlChange, SET_CONTROL, UNCANCEL } from '../sql/control.js';
import type { LedgerDatabase } from './open-ledger.js';
import { skipTakenOut } from './taken-out.js';

/** Stops a campaign from sending until `resumeCampaign`; false: it is not as it was seen. */
export function pauseCampaign(
  db: LedgerDatabase,
  campaignId: number,
  recorded: Recorded,
  seen?: SeenControl,
): boolean {
  const change = { campaignId, control: 'paused', kind: 'paused', seen, ...recorded } as const;
  return changeControl(db, change, () => 0) !== null;
}

/**
 * Lets a campaign go on; what a cancel had skipped is pending again, but for who was taken out meanwhile. false: it is not as it
 * was seen.
 */
export function resumeCampaign(
  db: LedgerDatabase,
  campaignId: number,
  recorded: Recorded,
  seen?: SeenControl,
): boolean {
  const change = { campaignId, control: 'go', kind: 'resumed', seen, ...recorded } as const;
  const resumed = changeControl(db, change, () => {
    const { changes } = db.prepare(UNCANCEL).run({ campaignId });
    skipTakenOut(db, campaignId, recorded.at);
    return changes;
  });
  return resumed !== null;
}

/** Gives up what is still pending. Returns how many are skipped now. */
export function cancelCampaign(db: LedgerDatabase, campaignId: number, recorded: Recorded): number {
  const change = { campaignId, control: 'canceled', kind: 'canceled', ...recorded } as const;
  return changeControl(db, change, () => db.prepare(CANCEL_PENDING).run({ campaignId }).changes) ?? 0;
}

/** How many deliveries it changed; null: the campaign is not as it was seen. */
function changeControl(
  db: LedgerDatabase,
  { campaignId, control, kind, seen, ...recorded }: ControlChange,
  change: () => number,
): number | null {
  return db
    .transaction(() => {
      if (db.prepare(AS_SEEN).get({ campaignId, seen: seen ?? '' }) === undefined) return null;
      db.prepare(SET_CONTROL).run({ campaignId, control });
      const changed = change();
      db.prepare(NOTE_ACTION).run(notedAction(campaignId, kind, { deliveries: changed }, recorded));
      return changed;
    })
    .immediate();
}
