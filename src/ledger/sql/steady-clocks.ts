import type { UncertainAttempt } from '../../core/absence.js';
import {
  beginningOf,
  type ClockReading,
  lastedMs,
  momentOf,
  passedMs,
  type RunReading,
  type SteadyMoment,
  toldBy,
} from '../../core/steady-time.js';

/** An attempt as the ledger knows it by the wall clock. */
export interface TimedAttempt {
  readonly attemptId: number;
  readonly runId: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** How long an attempt lasted, how much time passed since it began, and when that was, by clocks that nobody sets. */
export type AttemptTimes = Pick<UncertainAttempt, 'passedMs' | 'lastedMs' | 'providerAt'>;

const READING = 'boot_id AS "bootId", monotonic_ms AS "monotonicMs"';

/** By which clocks attempts of a run began, in order. */
export const RUN_READINGS = `
  SELECT after_attempt_id AS "afterAttemptId", at, ${READING}, provider_offset_ms AS "providerOffsetMs"
  FROM run_clocks WHERE run_id = @runId ORDER BY after_attempt_id`;

/** The same of several runs, each row with its run. */
export const READINGS_OF_RUNS = `
  SELECT run_id AS "runId", after_attempt_id AS "afterAttemptId", at, ${READING}, provider_offset_ms AS "providerOffsetMs"
  FROM run_clocks WHERE run_id = ANY (CAST(@runIds AS bigint[])) ORDER BY run_id, after_attempt_id`;

/** What an earlier run of the same sender, on the same start of its machine, was told last of the provider's clock. */
export const TOLD_BEFORE = `
  SELECT t.at, t.boot_id AS "bootId", t.monotonic_ms AS "monotonicMs", t.provider_offset_ms AS "providerOffsetMs"
  FROM runs own JOIN campaigns oc ON oc.id = own.campaign_id
  JOIN campaigns c ON c.workspace = oc.workspace AND c.base_url = oc.base_url
  JOIN runs r ON r.campaign_id = c.id AND r.id < own.id
  JOIN run_clocks t ON t.run_id = r.id AND t.provider_offset_ms IS NOT NULL
    AND t.boot_id IN (SELECT f.boot_id FROM run_clocks f WHERE f.run_id = own.id)
    AND t.after_attempt_id <= (SELECT min(f.after_attempt_id) FROM run_clocks f WHERE f.run_id = own.id)
  WHERE own.id = @runId ORDER BY t.after_attempt_id DESC, t.run_id DESC LIMIT 1`;

/** The first scan after an attempt whose clocks can be compared with the moment of interest. */
export const FIRST_SEEN = `
  SELECT started_at AS at, ${READING}, first_offset_ms AS "providerOffsetMs" FROM scans
  WHERE sender = @sender AND after_attempt_id >= @attemptId
    AND (boot_id = @bootId OR (first_offset_ms IS NOT NULL AND CAST(@providerAt AS bigint) IS NOT NULL))
  ORDER BY after_attempt_id, id LIMIT 1`;

/** When a scan began. */
export const BEGINNING_OF_SCAN = `
  SELECT started_at AS at, coalesce(boot_id, '') AS "bootId", coalesce(monotonic_ms, 0) AS "monotonicMs",
    first_offset_ms AS "providerOffsetMs" FROM scans WHERE id = @scanId`;

/** The readings of a run, and what was told before it. */
export interface RunClocks {
  readonly readings: readonly RunReading[];
  readonly toldBefore: ClockReading | null;
}

/** Whether the run itself was told the provider's clock; else what was told before it counts. */
export function wasTold(readings: readonly RunReading[]): boolean {
  return readings.some(({ providerOffsetMs }) => providerOffsetMs !== null);
}

/** null: none of the run's clocks can tell; of `lastedMs`: nobody saw the attempt's end. */
export function timesOf(
  { readings, toldBefore }: RunClocks,
  attempt: TimedAttempt,
  until: SteadyMoment,
): AttemptTimes {
  const { endedAt } = attempt;
  const began = beginningOf(readings, attempt);
  return {
    passedMs: began === null ? null : passedMs(began, until),
    providerAt: began === null ? null : toldBy(began, toldBefore).providerAt,
    lastedMs: endedAt === null ? null : lastedMs(readings, { ...attempt, endedAt }),
  };
}

/** Time since a scan saw the attempt: after a restart of the machine, or with a ledger from another one. */
export function sinceSeen(seen: ClockReading | undefined, until: SteadyMoment): number | null {
  return seen === undefined ? null : passedMs(momentOf(seen), until);
}
