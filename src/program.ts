import { runCommandLine } from './cli/command-line.js';
import type { Host } from './cli/host.js';
import { SQLITE_LEDGERS } from './ledger/sqlite-ledgers.js';

/**
 * Runs one command line with the adapters that the program has: here each port gets its own.
 *
 * @param argv the words behind the program's name
 * @returns the exit code
 */
export function runProgram(argv: readonly string[], host: Host): Promise<number> {
  return runCommandLine(argv, host, SQLITE_LEDGERS);
}
