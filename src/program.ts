import { runCommandLine } from './cli/command-line.js';
import type { Host } from './cli/host.js';

/**
 * Runs one command line with the program's own adapters, which are loaded when a command needs them.
 *
 * @param argv the words behind the program's name
 * @returns the exit code
 */
export function runProgram(argv: readonly string[], host: Host): Promise<number> {
  return runCommandLine(argv, host, async () => (await import('./adapters.js')).ADAPTERS);
}
