import type { Counts } from '../../core/counts.js';
import { LedgerError, type Runs } from '../../core/ledger/ledger.js';
import type { NewRun } from '../../core/ledger/runs.js';
import { ok } from '../../core/problem.js';
import { NOTE_ACTION, notedAction } from '../sql/add-action.js';
import { RunClock } from '../sql/run-clock.js';
import type { Database, Sql } from './database.js';
import { takeOverDeadRuns } from './fence.js';
import { Lease } from './lease.js';
import { LEASE_END, type LeaseKeeper } from './lease-keeper.js';
import { PostgresRunLedger } from './run-ledger.js';
import { clockAheadMs, type FollowClock, TIMELINE } from './server-facts.js';

/** What runs stand on. */
export interface RunsParts {
  readonly db: Database;
  /** How people know the ledger. */
  readonly file: string;
  readonly keeper: LeaseKeeper;
  readonly counts: (campaignId: number) => Promise<Counts>;
  readonly follow: FollowClock;
}

/** How runs begin, and how what they left is taken over. */
export function runsIn(parts: RunsParts): Pick<Runs, 'reserve' | 'begin' | 'recover'> {
  const { db, keeper } = parts;
  /** The last run that was begun here for each campaign. */
  const begun = new Map<number, { readonly runId: number; readonly ledger: PostgresRunLedger }>();
  return {
    reserve: () => Promise.resolve(ok(null)),
    begin: async (run, readClocks) => {
      // Its campaign is locked here, so an earlier run of this process is over: it need not be waited for.
      const earlier = begun.get(run.campaignId);
      earlier?.ledger.retire();
      // A machine that waits for campaigns may have had its clock set since it opened the ledger.
      parts.follow(await clockAheadMs(db, keeper.terms.now));
      const lease = new Lease(keeper.terms);
      const asked = lease.ask();
      const { id: runId, after } = await db.transaction((sql) =>
        begin(sql, parts, run, earlier?.runId ?? null),
      );
      lease.renewed(asked);
      keeper.addRun(runId, lease);
      const { campaignId, workspace, limit } = run;
      const started = { runId, campaignId, workspace, limit };
      const counts = () => parts.counts(campaignId);
      const own = { ...parts, run: started, lease, clock: new RunClock(readClocks), counts };
      const ledger = new PostgresRunLedger(own, after);
      begun.set(campaignId, { runId, ledger });
      return { runId, ledger };
    },
    recover: async (campaignId, at) => {
      // Whoever asks has the campaign's lock and no run: one that was begun here is over, too.
      const earlier = begun.get(campaignId);
      earlier?.ledger.retire();
      if (earlier !== undefined) await db.run(GIVE_BACK, { runId: earlier.runId });
      return takeOverDeadRuns(db, { campaignId, runId: null, at }, keeper.terms);
    },
  };
}

interface BegunRow {
  readonly id: number;
  /** Attempts of the run have higher ids. */
  readonly after: number;
}

async function begin(
  sql: Sql,
  { file, keeper }: RunsParts,
  run: NewRun,
  earlier: number | null,
): Promise<BegunRow> {
  if (!(await keeper.holdLocks(sql))) {
    throw new LedgerError({ code: 'ledger.lease-lost', params: { file } }, null);
  }
  if (run.acceptFailover === true) await acceptTimeline(sql, run);
  else if ((await sql.row(IS_ACCEPTED_TIMELINE)) === undefined) {
    throw new LedgerError({ code: 'ledger.db-failover', params: { file } }, null);
  }
  const { campaignId, pid, host, at, ratePerSecond, by = null } = run;
  if (earlier !== null) await sql.run(GIVE_BACK, { runId: earlier });
  await sql.run('UPDATE campaigns SET halt = NULL, waiting = NULL WHERE id = @campaignId', { campaignId });
  const row = { campaignId, pid, host, by, at, ratePerSecond, leaseMs: keeper.terms.leaseMs };
  const begun = await sql.row<BegunRow>(BEGIN, row);
  if (begun === undefined) throw new Error('a run was not entered');
  return begun;
}

/** An operator's word about the whole ledger, kept with the campaign that was to go on. */
async function acceptTimeline(sql: Sql, { campaignId, by = '?', at }: NewRun): Promise<void> {
  const accepted = await sql.row<{ timeline: string }>(ACCEPT_TIMELINE);
  if (accepted === undefined) return;
  await sql.run(NOTE_ACTION, notedAction(campaignId, 'failover-accepted', accepted, { by, at }));
}

const IS_ACCEPTED_TIMELINE = `SELECT 1 FROM ledger_identity WHERE timeline = ${TIMELINE}`;
const ACCEPT_TIMELINE = `UPDATE ledger_identity SET timeline = ${TIMELINE} WHERE timeline <> ${TIMELINE} RETURNING timeline`;
const GIVE_BACK = "UPDATE runs SET lease_until = '-infinity' WHERE id = @runId AND fenced_at IS NULL";

const BEGIN = `
  INSERT INTO runs (campaign_id, pid, host, started_by, started_at, rate_per_second, after_attempt_id, lease_until, timeline)
  VALUES (@campaignId, @pid, @host, @by, @at, @ratePerSecond, (SELECT coalesce(max(id), 0) FROM attempts), ${LEASE_END}, ${TIMELINE})
  RETURNING id, after_attempt_id AS after`;
