import type { LedgerDatabase } from './open-ledger.js';

/**
 * With the campaign's lock held, every `sending` delivery belongs to a run that died: its request may have been
 * executed, so it becomes `uncertain`, and so does its attempt. Never back to `pending`.
 *
 * @returns how many deliveries became uncertain.
 */
export function recoverDeadRuns(db: LedgerDatabase, campaignId: number, runId: number, at: number): number {
  const recover = db.transaction(() => {
    db.prepare(
      `UPDATE attempts SET outcome = 'uncertain', ended_at = @at
       WHERE outcome = 'in-flight' AND run_id <> @runId
         AND delivery_id IN (SELECT id FROM deliveries WHERE campaign_id = @campaignId AND status = 'sending')`,
    ).run({ at, runId, campaignId });
    const changed = db
      .prepare(
        `UPDATE deliveries SET status = 'uncertain', reason = 'run-died', attempts = attempts + 1
         WHERE campaign_id = ? AND status = 'sending'`,
      )
      .run(campaignId).changes;
    db.prepare('UPDATE runs SET ended_at = ? WHERE campaign_id = ? AND ended_at IS NULL AND id <> ?').run(
      at,
      campaignId,
      runId,
    );
    return changed;
  });
  return recover.immediate();
}
