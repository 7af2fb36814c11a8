import { isDatabaseAddress } from '../../core/ledger/database-address.js';
import type { App } from '../app.js';

/** How a process of its own is told which ledger is meant. */
export interface LedgerOfChild {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Every user of a machine can read the words of its processes: the address of a database, which may hold a password, goes
 * into the environment instead. Where a person typed it, its name is among the words, so that commands which that process
 * prints to be typed name it, too.
 */
export function ledgerOfChild({
  ledgerFile,
  ledgerAddress,
  usualLedgerFile,
}: Pick<App, 'ledgerFile' | 'ledgerAddress' | 'usualLedgerFile'>): LedgerOfChild {
  const words = [`--ledger=${ledgerFile}`];
  if (!isDatabaseAddress(ledgerFile)) return { words, env: {} };
  return { words: usualLedgerFile === ledgerFile ? [] : words, env: { PLAZCAST_LEDGER: ledgerAddress } };
}
