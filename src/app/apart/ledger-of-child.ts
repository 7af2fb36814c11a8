import { isDatabaseAddress } from '../../core/ledger/database-address.js';
import type { App } from '../app.js';

/** How a process of its own is told which ledger is meant. */
export interface LedgerOfChild {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Every user of a machine can read the words of its processes: the address of a database, which may hold a password, goes
 * into the environment instead.
 */
export function ledgerOfChild({
  ledgerFile,
  ledgerAddress,
}: Pick<App, 'ledgerFile' | 'ledgerAddress'>): LedgerOfChild {
  return isDatabaseAddress(ledgerFile)
    ? { words: [], env: { PLAZCAST_LEDGER: ledgerAddress } }
    : { words: [`--ledger=${ledgerFile}`], env: {} };
}
