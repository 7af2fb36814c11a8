import type { LedgerDatabase } from './open-ledger.js';
import { skipTakenOut } from './taken-out.js';

/** Stops a campaign from sending until `resumeCampaign`. */
export function pauseCampaign(db: LedgerDatabase, campaignId: number, by: string, at: number): void {
  translate(db, campaignId, 'paused', 'pause', by, at, () => 0);
}

/** Lets a campaign go on; what a cancel had skipped is pending again, but for who was taken out meanwhile. */
export function resumeCampaign(db: LedgerDatabase, campaignId: number, by: string, at: number): void {
  translate(db, campaignId, 'go', 'resume', by, at, () => {
    const { changes } = db
      .prepare(
        `UPDATE deliveries SET status = 'pending', reason = NULL, due_at = 0
         WHERE campaign_id = ? AND status = 'skipped' AND reason = 'canceled'`,
      )
      .run(campaignId);
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
    () =>
      db
        .prepare(
          `UPDATE deliveries SET status = 'skipped', reason = 'canceled'
         WHERE campaign_id = ? AND status = 'pending'`,
        )
        .run(campaignId).changes,
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
      db.prepare('UPDATE campaigns SET control = ? WHERE id = ?').run(control, campaignId);
      const changed = change();
      db.prepare(
        'INSERT INTO operator_actions (campaign_id, action, detail, done_by, done_at) VALUES (?, ?, ?, ?, ?)',
      ).run(campaignId, action, JSON.stringify({ deliveries: changed }), by, at);
      return changed;
    })
    .immediate();
}
