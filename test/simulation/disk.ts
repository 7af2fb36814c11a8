import type { Statement } from 'better-sqlite3';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';
import { freshLedger, otherLedger } from './fresh-ledger.js';

/** What is on disk: the ledger that commands are run with, and what a power cut would leave of it. */
export class Disk {
  #db: LedgerDatabase = freshLedger();
  /** Where commits are not synced. */
  #synced: Buffer | null = null;
  #queries = new Map<string, Statement>();
  #checked = '';
  #refused: ReadonlySet<string> = new Set();

  get db(): LedgerDatabase {
    return this.#db;
  }

  /** Campaigns that this ledger must not send; some: it is one whose word is not true. */
  get refused(): ReadonlySet<string> {
    return this.#refused;
  }

  /** Whether every commit so far would survive a power cut. */
  get commitsAreSynced(): boolean {
    return (this.query('PRAGMA synchronous').get() as { synchronous: number }).synchronous === 2;
  }

  /** A look at the ledger past all injected faults; compiled once. */
  query(sql: string): Statement {
    const known = this.#queries.get(sql) ?? this.#db.prepare(sql);
    this.#queries.set(sql, known);
    return known;
  }

  /** Whether the ledger, or a count besides it, changed since this was last asked. */
  hasChanged(besides: number): boolean {
    const { changes } = this.query('SELECT total_changes() AS changes').get() as { changes: number };
    const now = `${changes} ${besides}`;
    const changed = now !== this.#checked;
    this.#checked = now;
    return changed;
  }

  /** A new process finds no open transaction, and a closed ledger was synced. */
  powerOn(): void {
    if (!this.commitsAreSynced) this.#synced = this.#db.serialize();
  }

  /** `crash`: what was not synced is gone. */
  powerOff(crash: boolean): void {
    if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
    if (crash && !this.commitsAreSynced && this.#synced !== null) this.replace(this.#synced);
  }

  /** From now on this is the ledger. */
  replace(image: Buffer): void {
    this.#db.close();
    this.#open(freshLedger(image));
  }

  /**
   * For a while another ledger is the one that commands are run with: it must not send these campaigns.
   *
   * @param image null: a new one
   */
  async lend(image: Buffer | null, campaigns: readonly string[], work: () => Promise<void>): Promise<void> {
    const right = this.#db;
    this.#open(image === null ? otherLedger() : freshLedger(image));
    this.#refused = new Set(campaigns);
    try {
      await work();
    } finally {
      this.#refused = new Set();
      this.#db.close();
      this.#open(right);
    }
  }

  close(): void {
    this.#db.close();
  }

  #open(db: LedgerDatabase): void {
    this.#queries = new Map();
    this.#checked = '';
    this.#db = db;
  }
}
