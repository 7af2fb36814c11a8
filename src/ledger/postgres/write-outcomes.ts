import type { OutcomeRecord } from '../../core/delivery.js';
import type { Sql } from './database.js';
import { callOf, type Stored } from './stored.js';

/**
 * Writes what became of a run's attempts, each once: only where that attempt is still in flight. Returns the ids of those;
 * `followOutcomes` does the rest.
 */
export async function writeOutcomes(
  sql: Sql,
  runId: number,
  records: readonly OutcomeRecord[],
): Promise<readonly number[]> {
  if (records.length === 0) return [];
  const written = await sql.row<Written>(WRITE, { ...columnsOf(records), runId });
  return written?.settled ?? [];
}

/** Outcomes as the parameters of `RECORD_OUTCOMES`, but for the run. */
export function columnsOf(records: readonly OutcomeRecord[]) {
  const of = <T>(value: (one: OutcomeRecord) => T): readonly T[] => records.map(value);
  return {
    attemptIds: of((one) => one.attemptId),
    deliveryIds: of((one) => one.deliveryId),
    endedAts: of((one) => one.endedAt),
    outcomes: of((one) => one.outcome),
    onWires: of((one) => (one.onWire ? 1 : 0)),
    httpStatuses: of((one) => one.answer.httpStatus),
    errorCodes: of((one) => one.answer.errorCode),
    errorMessages: of((one) => one.answer.errorMessage),
    statuses: of((one) => one.status),
    reasons: of((one) => one.reason),
    dueAts: of((one) => one.dueAt),
    transients: of((one) => one.transientRefusals),
    deferrals: of((one) => one.deferrals),
    contactIds: of((one) => one.contactId),
  };
}

const COLUMN_TYPES = {
  attemptIds: 'bigint[]',
  deliveryIds: 'bigint[]',
  endedAts: 'bigint[]',
  outcomes: 'text[]',
  onWires: 'bigint[]',
  httpStatuses: 'bigint[]',
  errorCodes: 'text[]',
  errorMessages: 'text[]',
  statuses: 'text[]',
  reasons: 'text[]',
  dueAts: 'bigint[]',
  transients: 'bigint[]',
  deferrals: 'bigint[]',
  contactIds: 'text[]',
};

/** Outcomes as a source of rows. */
export const OUTCOMES = `
  unnest(${Object.entries(COLUMN_TYPES)
    .map(([name, type]) => `@${name}::${type}`)
    .join(', ')})
  AS s (attempt_id, delivery_id, ended_at, outcome, on_wire, http_status, error_code, error_message, status, reason,
    due_at, transient_refusals, deferrals, contact_id)`;

/** Guarded by run and attempt, and by the attempt being in flight: written twice, it changes nothing the second time. */
export const RECORD_OUTCOMES: Stored = {
  name: 'record_outcomes',
  params: { ...COLUMN_TYPES, runId: 'bigint' },
  returns: 'json',
  body: `
DECLARE ended_ids json;
BEGIN
  WITH ended AS (
    UPDATE attempts AS a SET ended_at = s.ended_at, outcome = s.outcome, on_wire = s.on_wire, http_status = s.http_status,
      live = CASE WHEN s.outcome IN ('accepted', 'uncertain') THEN 1 END,
      error_code = CASE WHEN s.outcome <> 'accepted' THEN s.error_code END,
      error_message = CASE WHEN s.outcome <> 'accepted' THEN s.error_message END
    FROM ${OUTCOMES} WHERE a.id = s.attempt_id AND a.run_id = @runId AND a.outcome = 'in-flight' RETURNING s.*),
  settled AS (
    UPDATE deliveries AS d SET status = s.status, reason = s.reason, attempts = d.attempts + s.on_wire,
      due_at = CASE WHEN s.outcome = 'accepted' THEN d.due_at ELSE s.due_at END,
      transient_refusals = s.transient_refusals, deferrals = s.deferrals, http_status = s.http_status,
      error_code = CASE WHEN s.outcome <> 'accepted' THEN s.error_code END,
      error_message = CASE WHEN s.outcome <> 'accepted' THEN s.error_message END,
      contact_id = CASE WHEN s.outcome = 'accepted' THEN s.contact_id ELSE d.contact_id END
    FROM ended AS s WHERE d.id = s.delivery_id AND d.status = 'sending')
  SELECT json_agg(attempt_id) INTO ended_ids FROM ended;
  RETURN coalesce(ended_ids, '[]');
END`,
};

const WRITE = `SELECT ${callOf(RECORD_OUTCOMES)} AS settled`;

interface Written {
  /** Ids of the attempts that were still in flight. */
  readonly settled: readonly number[];
}
