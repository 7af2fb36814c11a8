import { sandboxTarget, type Target } from '../../app/target.js';
import { failed } from '../../core/problem.js';
import { SandboxStartError, startSandbox } from '../../sandbox/start-sandbox.js';
import type { Cli } from '../command.js';
import { orFail } from '../problems.js';

/** The embedded sandbox, running. */
export interface SandboxTarget {
  readonly target: Target;
  readonly close: () => Promise<void>;
}

/** Where the embedded sandbox of a ledger keeps its data. */
function sandboxFile(ledgerFile: string): string {
  return `${ledgerFile}.sandbox.db`;
}

/** Starts the embedded sandbox of this ledger: nothing leaves the machine. */
export async function openSandboxTarget(cli: Cli): Promise<SandboxTarget> {
  try {
    const sandbox = await startSandbox({ dbFile: sandboxFile(cli.ledgerFile) });
    cli.terminal.aside(cli.translate('send.sandbox'));
    return { target: sandboxTarget(sandbox.url), close: () => sandbox.close() };
  } catch (error) {
    if (error instanceof SandboxStartError) return orFail(failed(error.problem));
    throw error;
  }
}
