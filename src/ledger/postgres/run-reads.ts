import type { Runs } from '../../core/ledger/ledger.js';
import type { AskedPause, LearnedRate, RunRecord } from '../../core/ledger/runs.js';
import {
  BALANCE,
  FORGET_LEARNED_RATE,
  KEEP_LEARNED_RATE,
  KEEP_PAUSE,
  LEARNED_RATE,
  PAUSE,
  RUNS,
  runOf,
  type StoredRun,
  UNENDED,
} from '../sql/runs.js';
import type { Sql } from './database.js';

type RunReads = Pick<
  Runs,
  | 'endedUncleanly'
  | 'balance'
  | 'learnedRate'
  | 'keepLearnedRate'
  | 'forgetLearnedRate'
  | 'pause'
  | 'keepPause'
>;

/** What runs leave for the next one. */
export function runReadsIn(sql: Sql): RunReads {
  return {
    endedUncleanly: async () => (await sql.row(UNENDED)) !== undefined,
    balance: async (campaignId) => {
      const balance = await sql.row<{ imported: number; counted: number }>(BALANCE, { campaignId });
      if (balance === undefined) throw new Error(`there is no campaign ${campaignId}`);
      return balance;
    },
    learnedRate: async (sender) => (await sql.row<LearnedRate>(LEARNED_RATE, { sender })) ?? null,
    keepLearnedRate: async (sender, ratePerSecond, at) => {
      await sql.run(KEEP_LEARNED_RATE, { sender, ratePerSecond, at });
    },
    forgetLearnedRate: async (sender, at) => {
      await sql.run(FORGET_LEARNED_RATE, { sender, at });
    },
    pause: async (sender) => (await sql.row<AskedPause>(PAUSE, { sender })) ?? null,
    keepPause: async (sender, pause, ratePerSecond) => {
      await sql.run(KEEP_PAUSE, { sender, ...pause, ratePerSecond });
    },
  };
}

/** The runs of a campaign, the newest first. */
export async function listRuns(sql: Sql, campaignId: number, most: number): Promise<readonly RunRecord[]> {
  return (await sql.rows<StoredRun>(RUNS, { campaignId, most })).map(runOf);
}
