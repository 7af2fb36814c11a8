import type { UncertainAttempt } from '../../core/absence.js';
import type { UncertainSpan } from '../../core/reconcile-ports.js';
import type { AttemptTimes, TimedAttempt } from './steady-clocks.js';

/** What a ledger says of the leases of runs: when the lease of attempt `a`'s run ended, as epoch milliseconds, and how long ago. */
export interface LeaseSql {
  readonly endedAt: string;
  /** Until the beginning of scan `@scanId`; where that is NULL, until now. */
  readonly sinceMs: string;
}

/** Nothing is lent where there is one machine. */
export const NO_LEASES: LeaseSql = { endedAt: 'NULL', sinceMs: 'NULL' };

/** Uncertain deliveries of a campaign with their live attempt. A run that died did not end its attempts itself. */
export const UNCERTAIN = `
  FROM deliveries d JOIN attempts a ON a.delivery_id = d.id AND a.live = 1
  WHERE d.campaign_id = @campaignId AND d.status = 'uncertain'`;
const DIED = "d.reason = 'run-died'";
const ENDED_AT = `CASE WHEN ${DIED} THEN NULL ELSE a.ended_at END`;

/** End of the settle time of an attempt; takes @timeoutMs and @settleMs. */
export function settleEndSql({ endedAt }: LeaseSql): string {
  return `
    (CASE WHEN ${ENDED_AT} > a.started_at + @timeoutMs THEN a.ended_at
      WHEN ${DIED} AND ${endedAt} > a.started_at THEN ${endedAt} + @timeoutMs
      ELSE a.started_at + @timeoutMs END + @settleMs)`;
}

/** How many are uncertain, since when, and when the last one settled that has. */
export function spanSql(leases: LeaseSql): string {
  return `
    SELECT count(*) AS count, min("firstAt") AS "earliestStartedAt",
      max("settleEnd") FILTER (WHERE "settleEnd" < @at) AS "lastSettledAt"
    FROM (SELECT d.first_attempt_at AS "firstAt", ${settleEndSql(leases)} AS "settleEnd" ${UNCERTAIN}) AS each`;
}

/**
 * Since when those wait that are to be sent again: they may turn up in the list after all. Told by their attempts: a window, a
 * limit or a retry writes its own reason over that of the delivery.
 */
export const REQUEUED_SINCE = `
  SELECT min(d.first_attempt_at) AS "requeuedAt" FROM attempts a CROSS JOIN deliveries d
  WHERE a.outcome = 'absent' AND d.id = a.delivery_id AND d.campaign_id = @campaignId AND d.status = 'pending'`;

/** Both together; null: none is uncertain. */
export function spanOf(span: UncertainSpan, requeuedAt: number | null): UncertainSpan | null {
  if (span.count === 0) return null;
  const earliestStartedAt = Math.min(span.earliestStartedAt, requeuedAt ?? span.earliestStartedAt);
  return { ...span, earliestStartedAt };
}

/** Uncertain deliveries in order after `@afterDeliveryId`, with the reasons that the last scan noted. */
export const attemptsSql = ({ sinceMs }: LeaseSql): string => `
  SELECT d.id AS "deliveryId", a.id AS "attemptId", d.person, d.phone, d.key, d.line, a.run_id AS "runId",
    a.started_at AS "startedAt", ${ENDED_AT} AS "endedAt",
    CASE WHEN ${DIED} THEN ${sinceMs} END AS "sinceLeaseMs",
    EXISTS (SELECT 1 FROM evidence e WHERE e.attempt_id = a.id AND e.kind = 'absent') AS "provenAbsent",
    (SELECT reasons FROM unsettled WHERE delivery_id = d.id AND attempt_id = a.id) AS noted
  ${UNCERTAIN} AND d.id > @afterDeliveryId ORDER BY d.id LIMIT @limit`;

/** A row of them. */
export interface AttemptRow
  extends Omit<UncertainAttempt, keyof AttemptTimes | 'provenAbsent'>,
    TimedAttempt {
  readonly provenAbsent: number | boolean;
  readonly noted: string | null;
}

/** The attempt of a row. */
export function uncertainAttempt(row: AttemptRow, times: AttemptTimes): UncertainAttempt {
  const { runId: _runId, noted: _noted, provenAbsent, ...attempt } = row;
  return { ...attempt, provenAbsent: Boolean(provenAbsent), ...times };
}
