import type { Ledger, LedgerMode } from '../core/ledger/ledger.js';
import type { Cli } from './command.js';
import { orFail } from './problems.js';

/** Works with the command's ledger, open; or ends the command with what to do. */
export async function withLedger<T>(
  { ledgers, ledgerFile }: Pick<Cli, 'ledgers' | 'ledgerFile'>,
  mode: LedgerMode,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const ledger = orFail(await ledgers.open(ledgerFile, mode));
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}
