import type { StartedRun } from '../../core/ledger/runs.js';
import type { Sql } from './database.js';
import { LEASE_END } from './lease-keeper.js';
import { lockTakingOut } from './taking-out.js';
import { TIMELINE } from './timeline.js';

/** Whether a run is still its owner's: it ran out or was taken over; or the server has another history by now. */
export type Hold = 'held' | 'lost' | 'other-timeline';

/** How a claim begins. */
export interface BegunClaim {
  readonly hold: Hold;
  /** It was committed before, and its answer was lost: what it brought is in the ledger. */
  readonly isDone: boolean;
}

/**
 * Renews the run's lease and takes the claim's number, once: nothing may be claimed without. Waits for an earlier
 * transaction of the same number.
 *
 * @param again the same number was asked for before, and what became of it is not known
 */
export async function beginClaim(
  sql: Sql,
  runId: number,
  number: number,
  leaseMs: number,
  again: boolean,
): Promise<BegunClaim> {
  const params = { runId, claim: number, leaseMs };
  if ((await sql.run(RENEW_WITH_CLAIM, params)) === 1) return { hold: 'held', isDone: false };
  if (again && (await sql.run(RENEW_DONE_CLAIM, params)) === 1) return { hold: 'held', isDone: true };
  const { isOther = false } = (await sql.row<{ isOther: boolean }>(IS_OTHER_TIMELINE, { runId })) ?? {};
  return { hold: isOther ? 'other-timeline' : 'lost', isDone: false };
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

const RENEW_WITH_CLAIM = `
  UPDATE runs SET last_claim = @claim, lease_until = ${LEASE_END} WHERE ${HELD} AND last_claim = @claim - 1`;

const RENEW_DONE_CLAIM = `UPDATE runs SET lease_until = ${LEASE_END} WHERE ${HELD} AND last_claim = @claim`;

const CLOSE_CLAIM = 'UPDATE runs SET last_claim = @claim WHERE id = @runId AND last_claim = @claim - 1';

const IS_OTHER_TIMELINE = `SELECT timeline <> ${TIMELINE} AS "isOther" FROM runs WHERE id = @runId`;

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
