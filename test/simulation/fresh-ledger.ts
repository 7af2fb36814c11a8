import Database from 'better-sqlite3';
import { type LedgerDatabase, openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { unwrapped } from '../support/results.js';

interface Original {
  readonly image: Buffer;
  readonly synchronous: unknown;
}

let original: Original | null = null;

/**
 * A new ledger in memory, as `openLedger` makes one, from a copy: thousands are needed. How durable its commits
 * would be on a disk is taken over, too.
 *
 * @param image another ledger to begin with
 */
export function freshLedger(image: Buffer | null = null): LedgerDatabase {
  original ??= makeOriginal();
  const db = new Database(image ?? original.image);
  db.pragma(`synchronous = ${String(original.synchronous)}`);
  db.pragma('foreign_keys = ON');
  return db;
}

/** A ledger that is no copy of the others. */
export function otherLedger(): LedgerDatabase {
  return unwrapped(openLedger(':memory:', { mode: 'create' }));
}

function makeOriginal(): Original {
  const db = otherLedger();
  const made = { image: db.serialize(), synchronous: db.pragma('synchronous', { simple: true }) };
  db.close();
  return made;
}
