import { LedgerError } from '../core/ledger/ledger-error.js';
import { CommandFailure } from './command-failure.js';
import { EXIT } from './exit-codes.js';

/** A ledger that cannot be read or written, on its way out of a command, with what a person can do; a bug comes back as it is. */
export function withLedgerProblem(error: unknown): unknown {
  return error instanceof LedgerError ? new CommandFailure(EXIT.halted, [error.problem]) : error;
}
