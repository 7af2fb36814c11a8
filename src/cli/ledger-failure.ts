import { ledgerProblem, sqliteCode } from '../ledger/ledger-problem.js';
import { CommandFailure } from './command-failure.js';
import { EXIT } from './exit-codes.js';

/**
 * An error of the database on its way out of a command, as what a person can do about it: a full or broken disk,
 * a busy or damaged ledger. Anything else, a broken constraint among it, is a bug and comes back as it is.
 */
export function withLedgerProblem(error: unknown, ledgerFile: string): unknown {
  if (sqliteCode(error) === null) return error;
  try {
    return new CommandFailure(EXIT.halted, [ledgerProblem(error, ledgerFile)]);
  } catch (bug) {
    return bug;
  }
}
