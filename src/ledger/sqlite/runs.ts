import type { NewRun } from '../../core/ledger/runs.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Enters a run that begins now and clears why the last one stopped. Returns its id. */
export function startRun(
  db: LedgerDatabase,
  campaignId: number,
  run: Pick<NewRun, 'pid' | 'host' | 'at' | 'ratePerSecond' | 'by'>,
): number {
  return db
    .transaction(() => {
      db.prepare('UPDATE campaigns SET halt = NULL, waiting = NULL WHERE id = ?').run(campaignId);
      const started = db
        .prepare(
          `INSERT INTO runs (campaign_id, pid, host, started_by, started_at, rate_per_second, after_attempt_id)
           VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(id), 0) FROM attempts))`,
        )
        .run(campaignId, run.pid, run.host, run.by ?? null, run.at, run.ratePerSecond);
      return Number(started.lastInsertRowid);
    })
    .immediate();
}
