import type { LearnedRate, RunEnding, RunRecord } from '../../core/ledger/runs.js';
import type { Halt } from '../../core/problem.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Enters a run that begins now and clears why the last one stopped. Returns its id. */
export function startRun(
  db: LedgerDatabase,
  campaignId: number,
  run: { readonly pid: number; readonly host: string; readonly at: number; readonly ratePerSecond: number },
): number {
  return db
    .transaction(() => {
      db.prepare('UPDATE campaigns SET halt = NULL, waiting = NULL WHERE id = ?').run(campaignId);
      const started = db
        .prepare(
          `INSERT INTO runs (campaign_id, pid, host, started_at, rate_per_second, after_attempt_id)
           VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(id), 0) FROM attempts))`,
        )
        .run(campaignId, run.pid, run.host, run.at, run.ratePerSecond);
      return Number(started.lastInsertRowid);
    })
    .immediate();
}

/** The runs of a campaign, the newest first. */
export function listRuns(db: LedgerDatabase, campaignId: number, most: number): readonly RunRecord[] {
  const rows = db
    .prepare(
      `SELECT campaign_id, id, pid, host, started_at, ended_at, rate_per_second, halt, ending
       FROM runs WHERE campaign_id = ? ORDER BY id DESC LIMIT ?`,
    )
    .all(campaignId, most) as RunRow[];
  return rows.map(runOf);
}

/** A run as its table has it. */
export interface RunRow {
  readonly campaign_id: number;
  readonly id: number;
  readonly pid: number;
  readonly host: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly rate_per_second: number;
  readonly halt: string | null;
  readonly ending: RunEnding | null;
}

/** As the rest of the program knows it. */
export function runOf(row: RunRow): RunRecord {
  const { id, pid, host, ending } = row;
  return {
    id,
    pid,
    host,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    ratePerSecond: row.rate_per_second,
    halt: row.halt === null ? null : (JSON.parse(row.halt) as Halt),
    ending,
  };
}

/** Whether some run did not end in order: then the whole ledger is checked before it is trusted. */
export function endedUncleanly(db: LedgerDatabase): boolean {
  return db.prepare('SELECT 1 FROM runs WHERE ended_at IS NULL LIMIT 1').get() !== undefined;
}

/**
 * Whether what is counted by status adds up to what was imported. A ledger that does not add up must not be
 * sent from.
 */
export function balanceOf(db: LedgerDatabase, campaignId: number): { imported: number; counted: number } {
  return db
    .prepare(
      `SELECT imported, (SELECT count(*) FROM deliveries WHERE campaign_id = campaigns.id) AS counted
       FROM campaigns WHERE id = ?`,
    )
    .get(campaignId) as { imported: number; counted: number };
}

/** What was learned about a sender, or null. */
export function learnedRate(db: LedgerDatabase, sender: string): LearnedRate | null {
  const row = db
    .prepare('SELECT rate_per_second AS ratePerSecond, learned_at AS learnedAt FROM rates WHERE sender = ?')
    .get(sender);
  return row === undefined ? null : (row as LearnedRate);
}

/** Keeps what was learned about a sender. */
export function keepLearnedRate(db: LedgerDatabase, sender: string, ratePerSecond: number, at: number): void {
  db.prepare(
    `INSERT INTO rates (sender, rate_per_second, learned_at) VALUES (@sender, @ratePerSecond, @at)
     ON CONFLICT (sender) DO UPDATE SET rate_per_second = @ratePerSecond, learned_at = @at`,
  ).run({ sender, ratePerSecond, at });
}

/** Forgets it: the sender ran at its limit again. */
export function forgetLearnedRate(db: LedgerDatabase, sender: string): void {
  db.prepare('DELETE FROM rates WHERE sender = ?').run(sender);
}
