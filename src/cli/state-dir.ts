import { dirname } from 'node:path';
import type { Cli } from './command.js';
import { CommandFailure } from './command-failure.js';
import { EXIT } from './exit-codes.js';
import { SANDBOX_WORKSPACE } from './workspace.js';

/**
 * The state folder, or the end of the command where none can be found. What is sent to the sandbox of a ledger needs none:
 * its locks matter to that ledger alone.
 */
export function stateDirOf(
  { environment, ledgerFile }: Pick<Cli, 'environment' | 'ledgerFile'>,
  workspace: string,
): string {
  if (environment.stateDir !== null) return environment.stateDir;
  if (workspace === SANDBOX_WORKSPACE) return dirname(ledgerFile);
  throw new CommandFailure(EXIT.unusable, [{ code: 'environment.no-state-folder' }]);
}
