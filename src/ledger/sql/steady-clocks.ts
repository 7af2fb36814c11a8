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
import type { Dialect } from './dialect.js';
import { oneRow, row, rows, type Steps } from './steps.js';

/** An attempt as the ledger knows it by the wall clock. */
export interface TimedAttempt {
  readonly attemptId: number;
  readonly runId: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** How long an attempt lasted, how much time passed since it began, and when that was, by clocks that nobody sets. */
export type AttemptTimes = Pick<UncertainAttempt, 'passedMs' | 'lastedMs' | 'providerAt'>;

/** Until when the time of attempts is counted, and whose scans stand in where their clocks cannot be compared. */
export interface Until {
  readonly moment: SteadyMoment;
  /** null: nobody's. */
  readonly sender: string | null;
}

/**
 * How long attempts lasted, and how much time passed since they began, by clocks that nobody sets; in their order. `passedMs`
 * null: no clock can tell. `lastedMs` null: nobody saw its end.
 */
export function* timesOfAll(
  dialect: Dialect,
  attempts: readonly TimedAttempt[],
  { moment, sender }: Until,
): Steps<readonly AttemptTimes[]> {
  const clocks = yield* clocksOf(dialect, attempts);
  const times = attempts.map((one) => timesOf(clocks.get(one.runId) ?? NO_CLOCKS, one, moment));
  const unknown = attempts.filter((_one, index) => times[index]?.passedMs === null);
  const seen = sender === null ? new Map() : yield* firstSeen(dialect, unknown, moment, sender);
  return times.map((one, index) => {
    const attemptId = attempts[index]?.attemptId ?? 0;
    return one.passedMs === null ? { ...one, passedMs: sinceSeen(seen.get(attemptId), moment) } : one;
  });
}

/** When a scan began. */
export function* beginningOfScan(scanId: number): Steps<SteadyMoment> {
  return momentOf(yield* oneRow<ClockReading>(BEGINNING_OF_SCAN, { scanId }));
}

function* clocksOf(
  dialect: Dialect,
  attempts: readonly TimedAttempt[],
): Steps<ReadonlyMap<number, RunClocks>> {
  const runIds = [...new Set(attempts.map(({ runId }) => runId))];
  const byRun = new Map<number, RunReading[]>();
  const found = yield* rows<RunReading & { readonly runId: number }>(readingsSql(dialect), { runIds });
  for (const one of found) byRun.set(one.runId, [...(byRun.get(one.runId) ?? []), one]);
  const clocks = new Map<number, RunClocks>();
  for (const [runId, readings] of byRun) {
    const before = wasTold(readings) ? undefined : yield* row<ClockReading>(TOLD_BEFORE, { runId });
    clocks.set(runId, { readings, toldBefore: before ?? null });
  }
  return clocks;
}

/** After a restart of the machine, or on another one: since the first scan whose clocks compare. */
function* firstSeen(
  dialect: Dialect,
  attempts: readonly TimedAttempt[],
  { bootId, providerAt }: SteadyMoment,
  sender: string,
): Steps<ReadonlyMap<number, ClockReading>> {
  if (attempts.length === 0) return new Map();
  const attemptIds = attempts.map(({ attemptId }) => attemptId);
  const found = yield* rows<ClockReading & { readonly attemptId: number }>(firstSeenSql(dialect), {
    attemptIds,
    bootId,
    providerAt,
    sender,
  });
  return new Map(found.map((one) => [one.attemptId, one]));
}

const NO_CLOCKS: RunClocks = { readings: [], toldBefore: null };

const READING = 'boot_id AS "bootId", monotonic_ms AS "monotonicMs"';

/** By which clocks attempts of some runs began, in order; each row with its run. */
const readingsSql = ({ numbers }: Dialect): string => `
  SELECT run_id AS "runId", after_attempt_id AS "afterAttemptId", at, ${READING}, provider_offset_ms AS "providerOffsetMs"
  FROM run_clocks WHERE run_id IN (SELECT wanted.value FROM ${numbers('runIds')}) ORDER BY run_id, after_attempt_id`;

/** What an earlier run of the same sender, on the same start of its machine, was told last of the provider's clock. */
const TOLD_BEFORE = `
  SELECT t.at, t.boot_id AS "bootId", t.monotonic_ms AS "monotonicMs", t.provider_offset_ms AS "providerOffsetMs"
  FROM runs own JOIN campaigns oc ON oc.id = own.campaign_id
  JOIN campaigns c ON c.workspace = oc.workspace AND c.base_url = oc.base_url
  JOIN runs r ON r.campaign_id = c.id AND r.id < own.id
  JOIN run_clocks t ON t.run_id = r.id AND t.provider_offset_ms IS NOT NULL
    AND t.boot_id IN (SELECT f.boot_id FROM run_clocks f WHERE f.run_id = own.id)
    AND t.after_attempt_id <= (SELECT min(f.after_attempt_id) FROM run_clocks f WHERE f.run_id = own.id)
  WHERE own.id = @runId ORDER BY t.after_attempt_id DESC, t.run_id DESC LIMIT 1`;

/** The first scan after each of some attempts whose clocks can be compared with the moment of interest. */
const firstSeenSql = ({ numbers }: Dialect): string => `
  SELECT wanted.value AS "attemptId", s.started_at AS at, s.boot_id AS "bootId", s.monotonic_ms AS "monotonicMs",
    s.first_offset_ms AS "providerOffsetMs"
  FROM ${numbers('attemptIds')} CROSS JOIN scans s WHERE s.id = (
    SELECT id FROM scans WHERE sender = @sender AND after_attempt_id >= wanted.value
      AND (boot_id = @bootId OR (first_offset_ms IS NOT NULL AND CAST(@providerAt AS bigint) IS NOT NULL))
    ORDER BY after_attempt_id, id LIMIT 1)`;

const BEGINNING_OF_SCAN = `
  SELECT started_at AS at, coalesce(boot_id, '') AS "bootId", coalesce(monotonic_ms, 0) AS "monotonicMs",
    first_offset_ms AS "providerOffsetMs" FROM scans WHERE id = @scanId`;

/** The readings of a run, and what was told before it. */
interface RunClocks {
  readonly readings: readonly RunReading[];
  readonly toldBefore: ClockReading | null;
}

/** Whether the run itself was told the provider's clock; else what was told before it counts. */
function wasTold(readings: readonly RunReading[]): boolean {
  return readings.some(({ providerOffsetMs }) => providerOffsetMs !== null);
}

/** null: none of the run's clocks can tell; of `lastedMs`: nobody saw the attempt's end. */
function timesOf(
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
function sinceSeen(seen: ClockReading | undefined, until: SteadyMoment): number | null {
  return seen === undefined ? null : passedMs(momentOf(seen), until);
}
