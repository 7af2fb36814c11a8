import type { Runs } from '../../core/ledger/ledger.js';
import type { AskedPause, LearnedRate, RunRecord } from '../../core/ledger/runs.js';
import type { Halt } from '../../core/problem.js';
import { oneRow, type Params, row, rows, run, type Steps, type Store } from './steps.js';

/** What runs leave for the next one: whether they ended in order, and, by sender, what providers taught and asked for. */
export function runReadsIn(store: Store): Omit<Runs, 'reserve' | 'begin' | 'gates' | 'recover'> {
  const done = async (text: string, params: Params): Promise<void> => {
    await store.each(run(text, params));
  };
  return {
    endedUncleanly: () => store.each(endedUncleanly()),
    balance: (campaignId) => store.each(balanceOf(campaignId)),
    learnedRate: (sender) => store.each(learnedRate(sender)),
    keepLearnedRate: (...learned) => store.each(keepLearnedRate(...learned)),
    forgetLearnedRate: (sender, at) => done(FORGET_LEARNED_RATE, { sender, at }),
    pause: async (sender) => (await store.each(row<AskedPause>(PAUSE, { sender }))) ?? null,
    keepPause: (sender, pause, ratePerSecond) => done(KEEP_PAUSE, { sender, ...pause, ratePerSecond }),
  };
}

/** The runs of a campaign, the newest first. */
export function* listRuns(campaignId: number, most: number): Steps<readonly RunRecord[]> {
  return (yield* rows<StoredRun>(RUNS, { campaignId, most })).map(runOf);
}

/** Whether what is counted by status adds up to what was imported. A ledger that does not add up must not be sent from. */
export function balanceOf(campaignId: number): Steps<{ imported: number; counted: number }> {
  return oneRow(BALANCE, { campaignId });
}

/** The runs of a campaign, the newest first. */
const RUNS = `
  SELECT id, pid, host, started_by AS "by", started_at AS "startedAt", ended_at AS "endedAt", rate_per_second AS "ratePerSecond", halt,
    ending
  FROM runs WHERE campaign_id = @campaignId ORDER BY id DESC LIMIT @most`;

/** A row of `RUNS`. */
export type StoredRun = Omit<RunRecord, 'halt'> & { readonly halt: string | null };

/** A run as the port gives it. */
export function runOf(row: StoredRun): RunRecord {
  return { ...row, halt: row.halt === null ? null : (JSON.parse(row.halt) as Halt) };
}

/** Whether some run did not end in order: then the whole ledger is checked before it is trusted. */
export function* endedUncleanly(): Steps<boolean> {
  return (yield* row(UNENDED)) !== undefined;
}

const UNENDED = 'SELECT 1 AS found FROM runs WHERE ended_at IS NULL LIMIT 1';

/** What imports brought into a campaign, and what is there. */
const BALANCE = `
  SELECT imported, (SELECT count(*) FROM deliveries WHERE campaign_id = campaigns.id) AS counted
  FROM campaigns WHERE id = @campaignId`;

/** What was learned about a sender, or null. */
export function* learnedRate(sender: string): Steps<LearnedRate | null> {
  return (yield* row<LearnedRate>(LEARNED_RATE, { sender })) ?? null;
}

const LEARNED_RATE = `
  SELECT rate_per_second AS "ratePerSecond", learned_at AS "learnedAt" FROM rates WHERE sender = @sender`;

/** Keeps what was learned about a sender. */
export function* keepLearnedRate(sender: string, ratePerSecond: number, at: number): Steps<void> {
  yield* run(KEEP_LEARNED_RATE, { sender, ratePerSecond, at });
}

const KEEP_LEARNED_RATE = `
  INSERT INTO rates (sender, rate_per_second, learned_at) VALUES (@sender, @ratePerSecond, @at)
  ON CONFLICT (sender) DO UPDATE SET rate_per_second = excluded.rate_per_second, learned_at = excluded.learned_at`;

/** What a sender was asked to wait. */
const PAUSE = `
  SELECT paused_at AS "askedAt", paused_until AS "untilAt" FROM rates
  WHERE sender = @sender AND paused_until IS NOT NULL`;

/** Keeps what a sender was asked to wait. */
const KEEP_PAUSE = `
  INSERT INTO rates (sender, rate_per_second, learned_at, paused_at, paused_until)
  VALUES (@sender, @ratePerSecond, @askedAt, @askedAt, @untilAt)
  ON CONFLICT (sender) DO UPDATE SET paused_at = excluded.paused_at, paused_until = excluded.paused_until`;

/** Forgets what was learned about a sender; not before a wait is over that it was asked for, which stands in the same row. */
const FORGET_LEARNED_RATE = `
  DELETE FROM rates WHERE sender = @sender AND (paused_until IS NULL OR paused_until <= @at)`;
