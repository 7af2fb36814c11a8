import type { Ledgers } from '../../core/ledger/ledger.js';
import { ok } from '../../core/problem.js';

/** Ledgers in files of SQLite. Nothing of SQLite is loaded before the first one is opened. */
export const SQLITE_LEDGERS: Ledgers = {
  open: async (file, mode) => {
    const [{ openLedger }, { SqliteLedger }] = await Promise.all([
      import('./open-ledger.js'),
      import('./sqlite-ledger.js'),
    ]);
    const opened = openLedger(file, { mode });
    return opened.ok ? ok(new SqliteLedger(opened.value)) : opened;
  },
  locks: {
    take: async (file, holder) => (await import('./lock.js')).takeLock(file, holder),
    holder: async (file) => (await import('./lock.js')).lockHolder(file),
  },
};
