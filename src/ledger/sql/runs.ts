import type { RunRecord } from '../../core/ledger/runs.js';
import type { Halt } from '../../core/problem.js';

/** The runs of a campaign, the newest first. */
export const RUNS = `
  SELECT id, pid, host, started_by AS "by", started_at AS "startedAt", ended_at AS "endedAt", rate_per_second AS "ratePerSecond", halt,
    ending
  FROM runs WHERE campaign_id = @campaignId ORDER BY id DESC LIMIT @most`;

/** A row of `RUNS`. */
export type StoredRun = Omit<RunRecord, 'halt'> & { readonly halt: string | null };

/** A run as the port gives it. */
export function runOf(row: StoredRun): RunRecord {
  return { ...row, halt: row.halt === null ? null : (JSON.parse(row.halt) as Halt) };
}

/** Whether some run did not end in order. */
export const UNENDED = 'SELECT 1 AS found FROM runs WHERE ended_at IS NULL LIMIT 1';

/** What imports brought into a campaign, and what is there. */
export const BALANCE = `
  SELECT imported, (SELECT count(*) FROM deliveries WHERE campaign_id = campaigns.id) AS counted
  FROM campaigns WHERE id = @campaignId`;

/** What was learned about a sender. */
export const LEARNED_RATE = `
  SELECT rate_per_second AS "ratePerSecond", learned_at AS "learnedAt" FROM rates WHERE sender = @sender`;

/** Keeps what was learned about a sender. */
export const KEEP_LEARNED_RATE = `
  INSERT INTO rates (sender, rate_per_second, learned_at) VALUES (@sender, @ratePerSecond, @at)
  ON CONFLICT (sender) DO UPDATE SET rate_per_second = excluded.rate_per_second, learned_at = excluded.learned_at`;

/** What a sender was asked to wait. */
export const PAUSE = `
  SELECT paused_at AS "askedAt", paused_until AS "untilAt" FROM rates
  WHERE sender = @sender AND paused_until IS NOT NULL`;

/** Keeps what a sender was asked to wait. */
export const KEEP_PAUSE = `
  INSERT INTO rates (sender, rate_per_second, learned_at, paused_at, paused_until)
  VALUES (@sender, @ratePerSecond, @askedAt, @askedAt, @untilAt)
  ON CONFLICT (sender) DO UPDATE SET paused_at = excluded.paused_at, paused_until = excluded.paused_until`;

/** Forgets what was learned about a sender; not before a wait is over that it was asked for, which stands in the same row. */
export const FORGET_LEARNED_RATE = `
  DELETE FROM rates WHERE sender = @sender AND (paused_until IS NULL OR paused_until <= @at)`;
