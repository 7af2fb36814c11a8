import {
  beginningOf,
  type ClockReading,
  lastedMs,
  momentOf,
  passedMs,
  type RunReading,
  type SteadyMoment,
} from '../../core/steady-time.js';
import type { LedgerDatabase } from './open-ledger.js';

/** An attempt as the ledger knows it by the wall clock. */
export interface TimedAttempt {
  readonly attemptId: number;
  readonly runId: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

const READING = 'boot_id AS bootId, monotonic_ms AS monotonicMs';

/** Says how long attempts lasted, and how much time passed since they began, by clocks that nobody sets. */
export class PassedTime {
  readonly #db: LedgerDatabase;
  readonly #until: SteadyMoment;
  /** Whose scans stand in where the clocks of an attempt cannot be compared; null: nobody's. */
  readonly #sender: string | null;
  readonly #readings = new Map<number, readonly RunReading[]>();

  constructor(db: LedgerDatabase, until: SteadyMoment, sender: string | null) {
    this.#db = db;
    this.#until = until;
    this.#sender = sender;
  }

  /** `passedMs` null: no clock can tell. `lastedMs` null: nobody saw its end. */
  of(attempt: TimedAttempt): { readonly passedMs: number | null; readonly lastedMs: number | null } {
    const { attemptId, endedAt } = attempt;
    const readings = this.#readingsOf(attempt.runId);
    const began = beginningOf(readings, attempt);
    const passed = began === null ? null : passedMs(began, this.#until);
    return {
      passedMs: passed ?? this.#sinceSeen(attemptId),
      lastedMs: endedAt === null ? null : lastedMs(readings, { ...attempt, endedAt }),
    };
  }

  #readingsOf(runId: number): readonly RunReading[] {
    const known = this.#readings.get(runId);
    if (known !== undefined) return known;
    const read = this.#db
      .prepare(
        `SELECT after_attempt_id AS afterAttemptId, at, ${READING}, provider_offset_ms AS providerOffsetMs
         FROM run_clocks WHERE run_id = ? ORDER BY after_attempt_id`,
      )
      .all(runId) as RunReading[];
    this.#readings.set(runId, read);
    return read;
  }

  /** After a restart of the machine, or with a ledger from another one: since the first scan whose clocks compare. */
  #sinceSeen(attemptId: number): number | null {
    if (this.#sender === null) return null;
    const seen = this.#db
      .prepare(
        `SELECT started_at AS at, ${READING}, first_offset_ms AS providerOffsetMs FROM scans
         WHERE sender = @sender AND after_attempt_id >= @attemptId
           AND (boot_id = @bootId OR (first_offset_ms IS NOT NULL AND @providerAt IS NOT NULL))
         ORDER BY after_attempt_id, id LIMIT 1`,
      )
      .get({ ...this.#until, sender: this.#sender, attemptId }) as ClockReading | undefined;
    return seen === undefined ? null : passedMs(momentOf(seen), this.#until);
  }
}

/** When a scan began. */
export function beginningOfScan(db: LedgerDatabase, scanId: number): SteadyMoment {
  const read = db
    .prepare(
      `SELECT started_at AS at, coalesce(boot_id, '') AS bootId, coalesce(monotonic_ms, 0) AS monotonicMs,
         first_offset_ms AS providerOffsetMs FROM scans WHERE id = ?`,
    )
    .get(scanId) as ClockReading;
  return momentOf(read);
}
