import type { Database, Sql } from './database.js';
import type { Lease, LeaseTerms } from './lease.js';
import { TIMELINE } from './server-facts.js';

/** What a renewal gives its answer in before another is tried on a new connection. */
const ANSWER_MS = 3_000;

/**
 * Keeps what this process holds: renews it while there is nothing to claim, and knows without asking whether it still holds.
 * What ran out, or was taken, is never renewed.
 */
export class LeaseKeeper {
  readonly #db: Database;
  readonly terms: LeaseTerms;
  readonly #runs = new Map<number, Lease>();
  readonly #locks = new Map<string, Lease>();
  #timer: NodeJS.Timeout | null = null;
  #isRenewing = false;

  constructor(db: Database, terms: LeaseTerms) {
    this.#db = db;
    this.terms = terms;
  }

  /** Whether all locks that are held here still are. */
  get locksHold(): boolean {
    return [...this.#locks.values()].every((lease) => lease.holds());
  }

  /** Whether one of them was taken, or ran out: no renewal brings it back. */
  get isLockLost(): boolean {
    return [...this.#locks.values()].some((lease) => lease.isOver);
  }

  /** Renews a run's lease from here on. */
  addRun(runId: number, lease: Lease): void {
    this.#runs.set(runId, lease);
    this.#begin();
  }

  dropRun(runId: number): void {
    this.#runs.get(runId)?.end();
    this.#runs.delete(runId);
    this.#endIfIdle();
  }

  /** Renews a lock from here on. */
  addLock(token: string, lease: Lease): void {
    this.#locks.set(token, lease);
    this.#begin();
  }

  /** Whether it is held here. */
  hasLock(token: string): boolean {
    return this.#locks.has(token);
  }

  dropLock(token: string): void {
    this.#locks.get(token)?.end();
    this.#locks.delete(token);
    this.#endIfIdle();
  }

  /**
   * To be called in a transaction that must not be written by who has lost a lock: keeps the locks from being taken until
   * its end.
   *
   * @returns false: one of them is lost
   */
  async holdLocks(sql: Sql): Promise<boolean> {
    if (this.#locks.size === 0) return true;
    if (!this.locksHold) return false;
    const held = await sql.rows(HOLD_LOCKS, { tokens: [...this.#locks.keys()] });
    return held.length === this.#locks.size;
  }

  /** Nothing is renewed any more: others may have it when its time is over. */
  close(): void {
    for (const lease of [...this.#runs.values(), ...this.#locks.values()]) lease.end();
    this.#runs.clear();
    this.#locks.clear();
    this.#endIfIdle();
  }

  #begin(): void {
    this.#timer ??= setInterval(() => void this.renew(), this.terms.renewEveryMs).unref();
  }

  #endIfIdle(): void {
    if (this.#timer === null || this.#runs.size + this.#locks.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  /**
   * Asks for all of it once. An answer that does not come is no reason to give up before the time is over. Whoever lost a lock
   * lets go of the runs, too: the machine that has it by now waits for them.
   */
  async renew(): Promise<void> {
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    try {
      await this.#renewAll(this.#locks, RENEW_LOCKS);
      if (this.isLockLost) for (const lease of this.#runs.values()) lease.end();
      else await this.#renewAll(this.#runs, RENEW_RUNS);
    } catch {
      // Asked again after a moment; what was not renewed runs out by itself.
    } finally {
      this.#isRenewing = false;
    }
  }

  async #renewAll<Id extends number | string>(leases: ReadonlyMap<Id, Lease>, text: string): Promise<void> {
    if (leases.size === 0) return;
    const asked = new Map([...leases].map(([id, lease]) => [id, { lease, at: lease.ask() }]));
    const params = { ids: [...leases.keys()], leaseMs: this.terms.leaseMs };
    const renewed = await this.#db.transaction((sql) => sql.rows<{ id: Id }>(text, params), {
      answerMs: ANSWER_MS,
    });
    const held = new Set(renewed.map(({ id }) => id));
    for (const [id, { lease, at }] of asked) {
      if (held.has(id)) lease.renewed(at);
      else lease.end();
    }
  }
}

/** A new end of a lease, as an expression. */
export const LEASE_END = "clock_timestamp() + CAST(@leaseMs AS double precision) * interval '1 millisecond'";

const RENEW_RUNS = `
  UPDATE runs SET lease_until = ${LEASE_END}
  WHERE id = ANY (@ids::bigint[]) AND fenced_at IS NULL AND lease_until > clock_timestamp() AND timeline = ${TIMELINE}
  RETURNING id`;

const RENEW_LOCKS = `
  UPDATE leases SET until = ${LEASE_END} WHERE token = ANY (@ids::text[]) AND until > clock_timestamp()
  RETURNING token AS id`;

/** Its renewals pass; whoever takes it over waits. */
const HOLD_LOCKS = `
  SELECT FROM leases WHERE token = ANY (@tokens::text[]) AND until > clock_timestamp() FOR KEY SHARE`;
