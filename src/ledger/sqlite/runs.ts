import type { LearnedRate, NewRun, RunRecord } from '../../core/ledger/runs.js';
import {
  BALANCE,
  FORGET_LEARNED_RATE,
  KEEP_LEARNED_RATE,
  LEARNED_RATE,
  RUNS,
  runOf,
  type StoredRun,
  UNENDED,
} from '../sql/runs.js';
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

/** The runs of a campaign, the newest first. */
export function listRuns(db: LedgerDatabase, campaignId: number, most: number): readonly RunRecord[] {
  return (db.prepare(RUNS).all({ campaignId, most }) as StoredRun[]).map(runOf);
}

/** Whether some run did not end in order: then the whole ledger is checked before it is trusted. */
export function endedUncleanly(db: LedgerDatabase): boolean {
  return db.prepare(UNENDED).get() !== undefined;
}

/**
 * Whether what is counted by status adds up to what was imported. A ledger that does not add up must not be
 * sent from.
 */
export function balanceOf(db: LedgerDatabase, campaignId: number): { imported: number; counted: number } {
  return db.prepare(BALANCE).get({ campaignId }) as { imported: number; counted: number };
}

/** What was learned about a sender, or null. */
export function learnedRate(db: LedgerDatabase, sender: string): LearnedRate | null {
  const row = db.prepare(LEARNED_RATE).get({ sender });
  return row === undefined ? null : (row as LearnedRate);
}

/** Keeps what was learned about a sender. */
export function keepLearnedRate(db: LedgerDatabase, sender: string, ratePerSecond: number, at: number): void {
  db.prepare(KEEP_LEARNED_RATE).run({ sender, ratePerSecond, at });
}

/** Forgets it: the sender ran at its limit again. */
export function forgetLearnedRate(db: LedgerDatabase, sender: string, at: number): void {
  db.prepare(FORGET_LEARNED_RATE).run({ sender, at });
}
