import type { OutcomeRecord } from '../../core/delivery.js';
import type { StartedRun } from '../../core/ledger/runs.js';
import type { ClockReading } from '../../core/steady-time.js';
import { SKIP_OPTED_OUT, SUPPRESS_OPTED_OUT } from '../sql/suppressions.js';
import { skipTakenOutAmong } from '../sql/taken-out.js';
import type { Sql } from './database.js';
import { lockDeliveries } from './evidence.js';
import { columnsOf, OUTCOMES } from './write-outcomes.js';

/** Whether somebody among them asked never to be written to again: writing that takes people out. */
export function takesOut(records: readonly OutcomeRecord[]): boolean {
  return records.some(isOptOut);
}

/**
 * What outcomes bring about beside their own writing. An answer to an attempt that another owner has called uncertain
 * meanwhile is evidence.
 *
 * @param settledIds of the attempts that were still in flight
 */
export async function followOutcomes(
  sql: Sql,
  run: StartedRun,
  records: readonly OutcomeRecord[],
  settledIds: readonly number[],
): Promise<void> {
  const settled = new Set(settledIds);
  const own = records.filter(({ attemptId }) => settled.has(attemptId));
  const unmet = own.filter(({ status }) => status !== 'accepted' && status !== 'uncertain');
  if (unmet.length > 0) await acceptAnsweredBefore(sql, unmet);
  await skipWhoCameBack(sql, run, own);
  // Also where the run was fenced by then: whatever became of the message, that is what the person wants.
  for (const { deliveryId, endedAt } of records.filter(isOptOut)) {
    const who = { deliveryId, workspace: run.workspace };
    await sql.run(SUPPRESS_OPTED_OUT, { ...who, at: endedAt });
    await sql.run(SKIP_OPTED_OUT, who);
  }
  const late = records.filter(({ attemptId, status }) => status === 'accepted' && !settled.has(attemptId));
  if (late.length > 0) await acceptLate(sql, run, late);
}

/** Keeps a reading of the clocks that the ledger does not know yet. */
export async function noteClock(sql: Sql, runId: number, clock: ClockReading | null): Promise<void> {
  if (clock !== null) await sql.run(NOTE_CLOCK, { ...clock, runId });
}

function isOptOut({ reason }: OutcomeRecord): boolean {
  return reason === 'opted-out';
}

/** Taken out while the request was out: nobody has to wait for the next try to learn it. */
async function skipWhoCameBack(sql: Sql, run: StartedRun, records: readonly OutcomeRecord[]): Promise<void> {
  const back = records.filter(({ status }) => status === 'pending');
  if (back.length === 0) return;
  const [deliveryIds, at] = [
    back.map(({ deliveryId }) => deliveryId),
    Math.max(...back.map(({ endedAt }) => endedAt)),
  ];
  await sql.run(SKIP_BACK, { deliveryIds, at, campaignId: run.campaignId });
}

/**
 * The run was fenced, and the provider had taken the message: the answer settles what another owner left uncertain, also
 * where it was called absent meanwhile and nothing else is out to that person. Else the evidence alone is kept, for an audit.
 */
async function acceptLate(sql: Sql, run: StartedRun, records: readonly OutcomeRecord[]): Promise<void> {
  const late = { ...columnsOf(records), runId: run.runId };
  // Whoever ends the next try at this moment is waited for, or finds the evidence: else neither saw what the other wrote.
  await lockDeliveries(
    sql,
    records.map(({ deliveryId }) => deliveryId),
  );
  await sql.run(KEEP_LATE, late);
  await sql.run(ACCEPT_LATE, late);
  await sql.run(ACCEPT_CALLED_ABSENT, late);
}

/** An earlier attempt was called absent, and its answer came while this one was out: a third would be one too many. */
async function acceptAnsweredBefore(sql: Sql, records: readonly OutcomeRecord[]): Promise<void> {
  await sql.run(ACCEPT_ANSWERED_BEFORE, { deliveryIds: records.map(({ deliveryId }) => deliveryId) });
}

const SKIP_BACK = skipTakenOutAmong(
  "SELECT id, person, import_id FROM deliveries WHERE id = ANY (@deliveryIds::bigint[]) AND status = 'pending'",
);

const KEEP_LATE = `
  INSERT INTO evidence (delivery_id, attempt_id, kind, detail, recorded_by, recorded_at)
  SELECT a.delivery_id, a.id, 'answered-late', json_build_object('contactId', s.contact_id)::text, 'plazcast', s.ended_at
  FROM ${OUTCOMES} JOIN attempts a ON a.id = s.attempt_id AND a.run_id = @runId
  WHERE a.outcome IN ('uncertain', 'absent')
    AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.attempt_id = a.id AND e.kind = 'answered-late')`;

const ACCEPT_LATE = `
  WITH answered AS (
    UPDATE attempts AS a SET outcome = 'accepted', http_status = s.http_status
    FROM ${OUTCOMES} WHERE a.id = s.attempt_id AND a.run_id = @runId AND a.outcome = 'uncertain'
    RETURNING a.id, a.delivery_id, s.http_status, s.contact_id)
  UPDATE deliveries AS d SET status = 'accepted', reason = NULL, http_status = answered.http_status, error_code = NULL,
    error_message = NULL, contact_id = answered.contact_id
  FROM answered WHERE d.id = answered.delivery_id AND d.status = 'uncertain'`;

/** Also who was taken out or refused since: a row that returns, or a retry, would send it again. */
const ACCEPT_CALLED_ABSENT = `
  UPDATE deliveries AS d SET status = 'accepted', reason = NULL, due_at = 0, http_status = s.http_status, error_code = NULL,
    error_message = NULL, contact_id = s.contact_id
  FROM ${OUTCOMES} JOIN attempts a ON a.id = s.attempt_id AND a.run_id = @runId AND a.outcome = 'absent'
  WHERE d.id = a.delivery_id AND d.status IN ('pending', 'skipped', 'refused', 'exhausted')
    AND d.reason IS DISTINCT FROM 'forgotten'`;

const ACCEPT_ANSWERED_BEFORE = `
  UPDATE deliveries AS d SET status = 'accepted', reason = NULL, due_at = 0, http_status = NULL, error_code = NULL,
    error_message = NULL, contact_id = CAST(e.detail AS json) ->> 'contactId'
  FROM attempts a JOIN evidence e ON e.attempt_id = a.id AND e.kind = 'answered-late'
  WHERE d.id = ANY (@deliveryIds::bigint[]) AND a.delivery_id = d.id AND a.outcome = 'absent'
    AND d.status IN ('pending', 'skipped', 'refused', 'exhausted')`;

const NOTE_CLOCK = `
  INSERT INTO run_clocks (run_id, after_attempt_id, at, boot_id, monotonic_ms, provider_offset_ms)
  SELECT @runId, coalesce(max(id), 0), CAST(@at AS bigint), @bootId, CAST(@monotonicMs AS double precision),
    CAST(@providerOffsetMs AS bigint) FROM attempts
  ON CONFLICT (run_id, after_attempt_id) DO UPDATE SET at = EXCLUDED.at, boot_id = EXCLUDED.boot_id,
    monotonic_ms = EXCLUDED.monotonic_ms, provider_offset_ms = EXCLUDED.provider_offset_ms`;
