import type { ActionKind } from '../../core/ledger/actions.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { NOTE_ACTION, notedAction } from '../sql/actions.js';
import { CANCEL_PENDING, SET_CONTROL, UNCANCEL } from '../sql/control.js';
import type { LedgerDatabase } from './open-ledger.js';
import { skipTakenOut } from './taken-out.js';

/** Stops a campaign from sending until `resumeCampaign`. */
export function pauseCampaign(db: LedgerDatabase, campaignId: number, recorded: Recorded): void {
  translate(db, campaignId, 'paused', 'paused', recorded, () => 0);
}

/** Lets a campaign go on; what a cancel had skipped is pending again, but for who was taken out meanwhile. */
export function resumeCampaign(db: LedgerDatabase, campaignId: number, recorded: Recorded): void {
  translate(db, campaignId, 'go', 'resumed', recorded, () => {
    const { changes } = db.prepare(UNCANCEL).run({ campaignId });
    skipTakenOut(db, campaignId, recorded.at);
    return changes;
  });
}

/** Gives up what is still pending. Returns how many are skipped now. */
export function cancelCampaign(db: LedgerDatabase, campaignId: number, recorded: Recorded): number {
  return translate(
    db,
    campaignId,
    'canceled',
    'canceled',
    recorded,
    () => db.prepare(CANCEL_PENDING).run({ campaignId }).changes,
  );
}

function translate(
  db: LedgerDatabase,
  campaignId: number,
  control: 'go' | 'paused' | 'canceled',
  kind: ActionKind,
  recorded: Recorded,
  change: () => number,
): number {
  return db
    .transaction(() => {
      db.prepare(SET_CONTROL).run({ campaignId, control });
      const changed = change();
      db.prepare(NOTE_ACTION).run(notedAction(campaignId, kind, { deliveries: changed }, recorded));
      return changed;
    })
    .immediate();
}
