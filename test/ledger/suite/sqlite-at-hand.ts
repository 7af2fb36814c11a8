import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { LedgerThread } from '../../../src/ledger/sqlite/ledger-thread.js';
import { openLedger } from '../../../src/ledger/sqlite/open-ledger.js';
import { SqliteLedger } from '../../../src/ledger/sqlite/sqlite-ledger.js';
import { unwrapped } from '../../support/results.js';
import type { LedgerAtHand } from './ledger-at-hand.js';

/** Compiled: a thread has no loader for TypeScript. */
const THREAD = pathToFileURL(resolve('dist/ledger/sqlite/ledger-thread-entry.js'));

/** The ledger of SQLite at this path, as `send` has it: in a file with a thread of its own. Closed when the test ends. */
export function sqliteAt(file: string): Omit<LedgerAtHand, 'again'> {
  const db = unwrapped(openLedger(file, { mode: 'create' }));
  const ledger = new SqliteLedger(db, db.memory ? null : new LedgerThread(file, THREAD));
  onTestFinished(() => ledger.close());
  return { ledger, rawly: async (sql) => void db.exec(sql) };
}
