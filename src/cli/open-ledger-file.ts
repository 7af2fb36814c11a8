import { type LedgerDatabase, type OpenLedgerOptions, openLedger } from '../ledger/open-ledger.js';
import { orFail } from './problems.js';

/** The ledger, or the end of the command with what to do. */
export function openLedgerFile(file: string, mode: OpenLedgerOptions['mode']): LedgerDatabase {
  return orFail(openLedger(file, { mode }));
}
