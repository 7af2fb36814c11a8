import type { OutcomeRecord } from '../../core/delivery.js';
import type { StartedRun } from '../../core/ledger/runs.js';
import type { Sql } from './database.js';
import { LEASE_END } from './lease-keeper.js';
import { TIMELINE } from './server-facts.js';
import { callOf, type Stored } from './stored.js';
import { AWAIT_TAKING_OUT, LOCK_TAKING_OUT, lockTakingOut } from './taking-out.js';
import { columnsOf, RECORD_OUTCOMES } from './write-outcomes.js';

/** Whether a run is still its owner's: it ran out or was taken over; or the server has another history by now. */
export type Hold = 'held' | 'lost' | 'other-timeline';

/** How a claim is to begin. */
export interface ClaimBeginning {
  readonly runId: number;
  readonly claim: number;
  readonly leaseMs: number;
  /** The same number was asked for before, and what became of it is not known. */
  readonly again: boolean;
  /** No other claim goes beside it, and nobody is taken out by somebody else. */
  readonly alone: boolean;
}

/** How a claim begins. */
export interface BegunClaim {
  readonly hold: Hold;
  /** It was committed before, and its answer was lost: what it brought is in the ledger. */
  readonly isDone: boolean;
  /** Ids of the attempts whose outcomes were written. */
  readonly settled: readonly number[];
}

/**
 * Renews the run's lease and takes the claim's number, once: nothing may be claimed without. Waits for an earlier
 * transaction of the same number. Where the run holds, `records` are written in the same round trip.
 */
export async function beginClaim(
  sql: Sql,
  beginning: ClaimBeginning,
  records: readonly OutcomeRecord[],
): Promise<BegunClaim> {
  const begun = await sql.row<BegunRow>(BEGIN_CLAIM, { ...beginning, ...columnsOf(records) });
  const { hold = 'lost', settled = null } = begun ?? {};
  return { hold: hold === 'done' ? 'held' : hold, isDone: hold === 'done', settled: settled ?? [] };
}

interface BegunRow {
  readonly hold: Hold | 'done';
  readonly settled: readonly number[] | null;
}

/**
 * Holds the run's row until the transaction ends, so that it goes neither beside a claim nor beside a take-over.
 *
 * @param closedClaim number of a claim that must not come about any more; null: none
 */
export async function lockRun(sql: Sql, runId: number, closedClaim: number | null): Promise<void> {
  await sql.run('SELECT FROM runs WHERE id = @runId FOR UPDATE', { runId });
  if (closedClaim !== null) await sql.run(CLOSE_CLAIM, { runId, claim: closedClaim });
}

/** What an end writes. */
export interface RunEndWritten {
  readonly at: number;
  /** JSON text. */
  readonly halt: string | null;
  readonly ending: 'finished' | 'interrupted';
}

/** Ends a run and gives its lease back; one that was taken over has ended already, and its campaign is another's. */
export async function endRun(sql: Sql, { runId, campaignId }: StartedRun, end: RunEndWritten): Promise<void> {
  await lockTakingOut(sql);
  if ((await sql.run(END_RUN, { ...end, runId })) === 0) return;
  await sql.run(CANCEL_REST, { campaignId });
  await sql.run('UPDATE campaigns SET halt = @halt, waiting = NULL WHERE id = @campaignId', {
    campaignId,
    halt: end.halt,
  });
}

const HELD = `id = @runId AND fenced_at IS NULL AND lease_until > clock_timestamp() AND timeline = ${TIMELINE}`;

/** The locks in the order in which everybody takes them: first that of taking out, then the run's own row. */
export const HOLD_CLAIM: Stored = {
  name: 'hold_claim',
  params: {
    runId: 'bigint',
    claim: 'bigint',
    leaseMs: 'double precision',
    again: 'boolean',
    alone: 'boolean',
  },
  returns: 'text',
  body: `
BEGIN
  IF @alone THEN PERFORM ${LOCK_TAKING_OUT}; ELSE PERFORM ${AWAIT_TAKING_OUT}; END IF;
  UPDATE runs SET last_claim = @claim, lease_until = ${LEASE_END} WHERE ${HELD} AND last_claim = @claim - 1;
  IF FOUND THEN RETURN 'held'; END IF;
  IF @again THEN
    UPDATE runs SET lease_until = ${LEASE_END} WHERE ${HELD} AND last_claim = @claim;
    IF FOUND THEN RETURN 'done'; END IF;
  END IF;
  IF EXISTS (SELECT FROM runs WHERE id = @runId AND timeline <> ${TIMELINE}) THEN RETURN 'other-timeline'; END IF;
  RETURN 'lost';
END`,
};

/** Each of both looks at what is true when its turn comes: the second after the locks of the first. */
const BEGIN_CLAIM = `
  SELECT hold, CASE WHEN hold IN ('held', 'done') THEN ${callOf(RECORD_OUTCOMES)} END AS settled
  FROM ${callOf(HOLD_CLAIM)} AS hold`;

const CLOSE_CLAIM = 'UPDATE runs SET last_claim = @claim WHERE id = @runId AND last_claim = @claim - 1';

/** A run that left anything in flight, whatever failed, did not end: the next one must find it. */
const END_RUN = `
  UPDATE runs SET ended_at = CASE WHEN EXISTS (
      SELECT 1 FROM attempts WHERE id > after_attempt_id AND run_id = runs.id AND outcome = 'in-flight'
    ) THEN NULL ELSE CAST(@at AS bigint) END, halt = @halt, ending = @ending, lease_until = '-infinity'
  WHERE id = @runId AND fenced_at IS NULL`;

/** Whoever came back to pending after the cancel. */
const CANCEL_REST = `
  UPDATE deliveries SET status = 'skipped', reason = 'canceled'
  WHERE campaign_id = @campaignId AND status = 'pending'
    AND (SELECT control FROM campaigns WHERE id = @campaignId) = 'canceled'`;
