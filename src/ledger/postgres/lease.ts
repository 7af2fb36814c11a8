import type { LeaseSql } from '../sql/uncertain.js';

/** How long leases hold, and the clocks by which they are watched here. */
export interface LeaseTerms {
  /** A lease holds so long after it was renewed. */
  readonly leaseMs: number;
  /** Others wait so much longer before they take over: clocks of two machines do not go alike. */
  readonly marginMs: number;
  /** An owner that has nothing to claim renews so often. */
  readonly renewEveryMs: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly monotonicMs: () => number;
  /** Wall clock, epoch milliseconds: it goes on while the machine sleeps. */
  readonly now: () => number;
}

/** Two owners are kept apart by these; the whole of them is less than the 30 seconds after which another has taken over. */
export const LEASE_TERMS: LeaseTerms = {
  leaseMs: 10_000,
  marginMs: 2_000,
  renewEveryMs: 3_000,
  monotonicMs: () => performance.now(),
  now: () => Date.now(),
};

/** When a renewal was asked for, by both clocks. */
interface Asked {
  readonly monotonicMs: number;
  readonly at: number;
}

/**
 * What this process knows of a lease: it holds from when its renewal was asked for, because the answer may come late, and
 * only as long as both clocks say so. A monotonic clock stops while a machine sleeps; a wall clock may be set.
 */
export class Lease {
  readonly #terms: LeaseTerms;
  #asked: Asked | null = null;
  #isOver = false;

  constructor(terms: LeaseTerms) {
    this.#terms = terms;
  }

  /** To be called before the database is asked; what it returns goes to `renewed` when the answer is yes. */
  ask(): Asked {
    return { monotonicMs: this.#terms.monotonicMs(), at: this.#terms.now() };
  }

  renewed(asked: Asked): void {
    if (this.#asked === null || asked.monotonicMs > this.#asked.monotonicMs) this.#asked = asked;
  }

  /** It was given back, or the database says that it ran out: it never holds again. */
  end(): void {
    this.#isOver = true;
  }

  /** Whether it was ended, which no renewal undoes. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether it holds now. */
  holds(): boolean {
    if (this.#isOver || this.#asked === null) return false;
    const { leaseMs, monotonicMs, now } = this.#terms;
    return monotonicMs() - this.#asked.monotonicMs < leaseMs && now() - this.#asked.at < leaseMs;
  }
}

/** Of a run whose owner gave its lease back, nothing is left to be waited for. */
const LENT = "FROM runs r WHERE r.id = a.run_id AND r.lease_until > '-infinity'";
const MARGIN_MS = LEASE_TERMS.marginMs;

/**
 * When the lease of a run was over that a machine had which was lost: until then it could send what it had claimed. By this
 * server's clock, with the margin by which clocks of two machines may differ.
 */
export const LEASES: LeaseSql = {
  endedAt: `
    (SELECT CAST(extract(epoch FROM r.lease_until) * 1000 AS bigint) + ${MARGIN_MS} ${LENT})`,
  sinceMs: `
    (SELECT CAST(extract(epoch FROM coalesce((SELECT s.began_at FROM scans s WHERE s.id = CAST(@scanId AS bigint)),
      clock_timestamp()) - r.lease_until) * 1000 AS bigint) - ${MARGIN_MS} ${LENT})`,
};
