import { type ClockReading, momentOf, type RunReading, type SteadyMoment } from '../../core/steady-time.js';
import {
  type AttemptTimes,
  BEGINNING_OF_SCAN,
  FIRST_SEEN,
  READINGS_OF_RUNS,
  type RunClocks,
  sinceSeen,
  type TimedAttempt,
  TOLD_BEFORE,
  timesOf,
  wasTold,
} from '../sql/steady-clocks.js';
import type { Sql } from './database.js';

/** Until when the time of attempts is counted, and whose scans stand in where their clocks cannot be compared. */
export interface Until {
  readonly moment: SteadyMoment;
  /** null: nobody's. */
  readonly sender: string | null;
}

/** How long attempts lasted, and how much time passed since they began, by clocks that nobody sets; in their order. */
export async function timesOfAll(
  sql: Sql,
  attempts: readonly TimedAttempt[],
  { moment, sender }: Until,
): Promise<readonly AttemptTimes[]> {
  const clocks = await clocksOf(sql, attempts);
  const times = attempts.map((one) => timesOf(clocks.get(one.runId) ?? NO_CLOCKS, one, moment));
  const unknown = attempts.filter((_one, index) => times[index]?.passedMs === null);
  const seen = sender === null ? new Map() : await firstSeen(sql, unknown, moment, sender);
  return times.map((one, index) => {
    const attemptId = attempts[index]?.attemptId ?? 0;
    return one.passedMs === null ? { ...one, passedMs: sinceSeen(seen.get(attemptId), moment) } : one;
  });
}

const NO_CLOCKS: RunClocks = { readings: [], toldBefore: null };

async function clocksOf(
  sql: Sql,
  attempts: readonly TimedAttempt[],
): Promise<ReadonlyMap<number, RunClocks>> {
  const runIds = [...new Set(attempts.map(({ runId }) => runId))];
  const rows = await sql.rows<RunReading & { readonly runId: number }>(READINGS_OF_RUNS, { runIds });
  const byRun = new Map<number, RunReading[]>();
  for (const row of rows) byRun.set(row.runId, [...(byRun.get(row.runId) ?? []), row]);
  const clocks = new Map<number, RunClocks>();
  for (const [runId, readings] of byRun) {
    const before = wasTold(readings) ? undefined : await sql.row<ClockReading>(TOLD_BEFORE, { runId });
    clocks.set(runId, { readings, toldBefore: before ?? null });
  }
  return clocks;
}

const FIRST_SEEN_OF = `
  SELECT wanted.id AS "attemptId", seen.* FROM unnest(@attemptIds::bigint[]) AS wanted (id)
  CROSS JOIN LATERAL (${FIRST_SEEN.replace('@attemptId', 'wanted.id')}) AS seen`;

/** After a restart of the machine, or on another one: since the first scan whose clocks compare. */
async function firstSeen(
  sql: Sql,
  attempts: readonly TimedAttempt[],
  { bootId, providerAt }: SteadyMoment,
  sender: string,
): Promise<ReadonlyMap<number, ClockReading>> {
  if (attempts.length === 0) return new Map();
  const attemptIds = attempts.map(({ attemptId }) => attemptId);
  const rows = await sql.rows<ClockReading & { readonly attemptId: number }>(FIRST_SEEN_OF, {
    attemptIds,
    bootId,
    providerAt,
    sender,
  });
  return new Map(rows.map((row) => [row.attemptId, row]));
}

/** When a scan began. */
export async function beginningOfScan(sql: Sql, scanId: number): Promise<SteadyMoment> {
  const read = await sql.row<ClockReading>(BEGINNING_OF_SCAN, { scanId });
  if (read === undefined) throw new Error('a scan that is judged is not in the ledger');
  return momentOf(read);
}
