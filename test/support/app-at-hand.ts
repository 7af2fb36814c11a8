import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ADAPTERS } from '../../src/adapters.js';
import type { App } from '../../src/app/app.js';
import { readEnvironment } from '../../src/cli/environment.js';
import { isDatabaseAddress } from '../../src/core/ledger/database-address.js';
import type { Ledgers } from '../../src/core/ledger/ledger.js';
import { ok } from '../../src/core/problem.js';
import { LedgerThread } from '../../src/ledger/sqlite/ledger-thread.js';
import { openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { SqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.js';
import { unwrapped } from './results.js';
import type { CliPlace } from './run-cli.js';

/** Compiled: a thread has no loader for TypeScript. */
const THREAD = pathToFileURL(resolve('dist/ledger/sqlite/ledger-thread-entry.js'));

const LEDGERS: Ledgers = {
  ...ADAPTERS.ledgers,
  open: async (file, mode) => {
    if (isDatabaseAddress(file)) return ADAPTERS.ledgers.open(file, mode);
    const opened = openLedger(file, { mode });
    return opened.ok ? ok(new SqliteLedger(opened.value, new LedgerThread(file, THREAD))) : opened;
  },
};

/** The use cases' app in a place of commands, with the real adapters: as a server would have it. */
export function appAt(
  { folder, ledger, stateDir }: Pick<CliPlace, 'folder' | 'ledger' | 'stateDir'>,
  env: Readonly<Record<string, string>> = {},
  over: Partial<App> = {},
): App {
  const host = { env: { PLAZCAST_STATE_DIR: stateDir, ...env }, cwd: folder, home: folder };
  return {
    ...ADAPTERS,
    ledgers: LEDGERS,
    environment: unwrapped(readEnvironment(host, false)),
    cwd: folder,
    invocation: 'plazcast',
    ledgerFile: ledger,
    ledgerAddress: ledger,
    besideLedger: isDatabaseAddress(ledger) ? join(folder, 'plazcast.db') : ledger,
    usualLedgerFile: ledger,
    trustHosts: [],
    mayTrust: () => Promise.resolve(false),
    sandboxStarted: () => undefined,
    process: { pid: process.pid, host: 'test' },
    operator: 'maria',
    roles: null,
    place: 'terminal',
    translateReason: (reason) => reason,
    ...over,
  };
}
