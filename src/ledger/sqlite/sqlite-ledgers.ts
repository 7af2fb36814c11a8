import type { Ledgers } from '../../core/ledger/ledger.js';
import { failed, ok } from '../../core/problem.js';
import { fileIdentity } from '../../files/file-identity.js';
import { ledgerState } from './ledger-state.js';

/** Ledgers in files of SQLite. Nothing of SQLite is loaded before the first one is opened. */
export const SQLITE_LEDGERS: Ledgers = {
  named: (address) => Promise.resolve(ok({ file: address, secrets: [] })),
  isThere: (file) => Promise.resolve(fileIdentity(file) !== null),
  state: (file) => Promise.resolve(ledgerState(file, Date.now())),
  open: async (file, mode) => {
    const [{ openLedger }, { SqliteLedger }, { storedIdentity }, { takeSteps }] = await Promise.all([
      import('./open-ledger.js'),
      import('./sqlite-ledger.js'),
      import('../sql/identity.js'),
      import('./store.js'),
    ]);
    const opened = openLedger(file, { mode });
    if (!opened.ok) return opened;
    const to = mode === 'read' ? null : takeSteps(opened.value, storedIdentity()).movedTo;
    if (to === null) return ok(new SqliteLedger(opened.value));
    opened.value.close();
    return failed({ code: 'ledger.moved', params: { file, to } });
  },
  locks: {
    take: async (file, holder) => (await import('./lock.js')).takeLock(file, holder),
    holder: async (file) => (await import('./lock.js')).lockHolder(file),
  },
};
