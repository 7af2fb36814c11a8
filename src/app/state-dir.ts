import { failed, ok, type Result } from '../core/problem.js';
import type { App } from './app.js';
import { SANDBOX_WORKSPACE } from './workspace.js';

/**
 * The folder for locks and memories; a problem where none can be found. What is sent to the sandbox of a ledger needs
 * none: its locks matter to that ledger alone.
 */
export function stateDirOf(
  { environment, ledgerFile }: Pick<App, 'environment' | 'ledgerFile'>,
  workspace: string,
): Result<string> {
  if (environment.stateDir !== null) return ok(environment.stateDir);
  if (workspace === SANDBOX_WORKSPACE) return ok(folderOf(ledgerFile));
  return failed({ code: 'environment.no-state-folder' });
}

function folderOf(path: string): string {
  return path.replace(/[/\\][^/\\]*$/u, '') || '/';
}
