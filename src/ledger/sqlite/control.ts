import { CANCEL_PENDING, NOTE_ACTION, SET_CONTROL, UNCANCEL } from '../sql/control.js';
import type { LedgerDatabase } from './open-ledger.js';
import { skipTakenOut } from './taken-out.js';

/** Stops a campaign from sending until `resumeCampaign`. */
export function pauseCampaign(db: LedgerDatabase, campaignId: number, by: string, at: number): void {
  translate(db, campaignId, 'paused', 'pause', by, at, () => 0);
}

/** Lets a campaign go on; what a cancel had skipped is pending again, but for who was taken out meanwhile. */
export function resumeCampaign(db: LedgerDatabase, campaignId: number, by: string, at: number): void {
  translate(db, campaignId, 'go', 'resume', by, at, () => {
    const { changes } = db.prepare(UNCANCEL).run({ campaignId });
    skipTakenOut(db, campaignId, at);
    return changes;
  });
}

/** Gives up what is still pending. Returns how many are skipped now. */
export function cancelCampaign(db: LedgerDatabase, campaignId: number, by: string, at: number): number {
  return translate(
    db,
    campaignId,
    'canceled',
    'cancel',
    by,
    at,
    () => db.prepare(CANCEL_PENDING).run({ campaignId }).changes,
  );
}

function translate(
  db: LedgerDatabase,
  campaignId: number,
  control: 'go' | 'paused' | 'canceled',
  action: string,
  by: string,
  at: number,
  change: () => number,
): number {
  return db
    .transaction(() => {
      db.prepare(SET_CONTROL).run({ campaignId, control });
      const changed = change();
      const detail = JSON.stringify({ deliveries: changed });
      db.prepare(NOTE_ACTION).run({ campaignId, action, detail, by, at });
      return changed;
    })
    .immediate();
}
