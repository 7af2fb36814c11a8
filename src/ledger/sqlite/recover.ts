import type { LedgerDatabase } from './open-ledger.js';

/** The same for a command that holds the locks but enters no run of its own. */
export function startRecovery(db: LedgerDatabase, campaignId: number, at: number): number {
  return recoverDeadRuns(db, campaignId, 0, at);
}

/**
 * With the campaign's lock held, every `sending` delivery belongs to a run that died: its request may have been
 * executed, so it becomes `uncertain`, and so does its attempt. Never back to `pending`.
 *
 * @returns how many deliveries became uncertain.
 */
export function recoverDeadRuns(db: LedgerDatabase, campaignId: number, runId: number, at: number): number {
  const recover = db.transaction(() => {
    const dead = db
      .prepare(
        'SELECT id, after_attempt_id AS after FROM runs WHERE campaign_id = ? AND ended_at IS NULL AND id <> ?',
      )
      .all(campaignId, runId) as { id: number; after: number }[];
    return dead.reduce((count, run) => count + recoverRun(db, run, at), 0);
  });
  return recover.immediate();
}

function recoverRun(db: LedgerDatabase, run: { id: number; after: number }, at: number): number {
  const left = db
    .prepare("SELECT delivery_id FROM attempts WHERE id > ? AND run_id = ? AND outcome = 'in-flight'")
    .pluck()
    .all(run.after, run.id) as number[];
  const endAttempt = db.prepare(
    "UPDATE attempts SET outcome = 'uncertain', ended_at = ? WHERE delivery_id = ? AND live = 1",
  );
  const leave = db.prepare(
    `UPDATE deliveries SET status = 'uncertain', reason = 'run-died', attempts = attempts + 1
     WHERE id = ? AND status = 'sending'`,
  );
  for (const deliveryId of left) {
    endAttempt.run(at, deliveryId);
    leave.run(deliveryId);
  }
  db.prepare("UPDATE runs SET ended_at = ?, ending = 'died' WHERE id = ?").run(at, run.id);
  return left.length;
}
