import { type ClockReading, momentOf, type RunReading, type SteadyMoment } from '../../core/steady-time.js';
import {
  type AttemptTimes,
  BEGINNING_OF_SCAN,
  FIRST_SEEN,
  RUN_READINGS,
  type RunClocks,
  sinceSeen,
  type TimedAttempt,
  TOLD_BEFORE,
  timesOf,
  wasTold,
} from '../sql/steady-clocks.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Says how long attempts lasted, and how much time passed since they began, by clocks that nobody sets. */
export class PassedTime {
  readonly #db: LedgerDatabase;
  readonly #until: SteadyMoment;
  /** Whose scans stand in where the clocks of an attempt cannot be compared; null: nobody's. */
  readonly #sender: string | null;
  readonly #clocks = new Map<number, RunClocks>();

  constructor(db: LedgerDatabase, until: SteadyMoment, sender: string | null) {
    this.#db = db;
    this.#until = until;
    this.#sender = sender;
  }

  /** `passedMs` null: no clock can tell. `lastedMs` null: nobody saw its end. */
  of(attempt: TimedAttempt): AttemptTimes {
    const times = timesOf(this.#clocksOf(attempt.runId), attempt, this.#until);
    return times.passedMs === null ? { ...times, passedMs: this.#sinceSeen(attempt.attemptId) } : times;
  }

  #clocksOf(runId: number): RunClocks {
    const known = this.#clocks.get(runId);
    if (known !== undefined) return known;
    const readings = this.#db.prepare(RUN_READINGS).all({ runId }) as RunReading[];
    const before = wasTold(readings) ? undefined : this.#db.prepare(TOLD_BEFORE).get({ runId });
    const clocks = { readings, toldBefore: (before as ClockReading | undefined) ?? null };
    this.#clocks.set(runId, clocks);
    return clocks;
  }

  #sinceSeen(attemptId: number): number | null {
    if (this.#sender === null) return null;
    const wanted = { ...this.#until, sender: this.#sender, attemptId };
    return sinceSeen(this.#db.prepare(FIRST_SEEN).get(wanted) as ClockReading | undefined, this.#until);
  }
}

/** When a scan began. */
export function beginningOfScan(db: LedgerDatabase, scanId: number): SteadyMoment {
  return momentOf(db.prepare(BEGINNING_OF_SCAN).get({ scanId }) as ClockReading);
}
