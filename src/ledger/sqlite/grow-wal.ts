import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database, { type Statement } from 'better-sqlite3';
import { failed, ok, type Result } from '../../core/problem.js';
import { ledgerProblem, sqliteCode } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';

/**
 * Room that a run takes for itself: twice, in the write-ahead log and as free pages of the ledger. More than the
 * 1,000 pages after which SQLite moves the log into the ledger by itself and begins it anew.
 */
const RESERVE_BYTES = 4 * 1024 * 1024;
/** What the disk must have before the reserve is taken: both halves, and a log that is longer for once. */
const NEEDED_BYTES = 3 * RESERVE_BYTES;
/** Free pages that intents leave alone: outcomes of what is in flight still fit when the disk is full. */
const LEAST_FREE_PAGES = 256;
/** A claim takes a few pages at most. */
const LOOK_EVERY_CLAIMS = 8;

/**
 * Takes the room that a run needs while there is some: writes a few megabytes and deletes them again, so that the
 * write-ahead log keeps its size and the ledger has free pages. On a disk that fills up later, what was sent can
 * still be recorded. A problem when there is no such room: then nothing is sent.
 */
export function growWal(db: LedgerDatabase): Result<null> {
  try {
    grow(db);
    return ok(null);
  } catch (error) {
    return failed(ledgerProblem(error, db.name));
  }
}

/** Keeps room for outcomes while a run writes intents. */
export class Reserve {
  readonly #db: LedgerDatabase;
  readonly #freePages: Statement;
  #claims = 0;

  constructor(db: LedgerDatabase) {
    this.#db = db;
    this.#freePages = db.prepare('SELECT freelist_count FROM pragma_freelist_count').pluck();
  }

  /** Before intents are written: takes new room when the free pages run out. Throws SQLite's error when it cannot. */
  keep(): void {
    // In memory there is no disk that could be full.
    if (this.#db.memory) return;
    this.#claims += 1;
    if (this.#claims % LOOK_EVERY_CLAIMS !== 1) return;
    if (Number(this.#freePages.get()) < LEAST_FREE_PAGES) grow(this.#db);
  }

  /** After the disk was full: moves the log into the ledger, so that outcomes have all of its file. */
  free(): void {
    checkpoint(this.#db);
  }
}

/**
 * Asks the disk first: a log that is long for once would take the pages in, and the ledger would count on room that
 * it never gets.
 */
function grow(db: LedgerDatabase): void {
  const { bavail, bsize } = statfsSync(dirname(db.name));
  if (bavail * bsize < NEEDED_BYTES) throw new Database.SqliteError('the disk is nearly full', 'SQLITE_FULL');
  const fill = db.prepare('INSERT INTO reserve (filler) VALUES (zeroblob(?))');
  const empty = db.prepare('DELETE FROM reserve');
  try {
    db.transaction(() => fill.run(RESERVE_BYTES)).immediate();
  } finally {
    db.transaction(() => empty.run()).immediate();
  }
}

/**
 * Moves the write-ahead log into the ledger's file, as far as no reader needs it. What the disk does not take stays
 * in the log, where it is as safe; SQLite tries again after the next commits.
 */
export function checkpoint(db: LedgerDatabase): void {
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
  } catch (error) {
    if (sqliteCode(error) === null) throw error;
  }
}
