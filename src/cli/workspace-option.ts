import { workspaceFingerprint } from '../app/workspace.js';
import type { Cli } from './command.js';

/**
 * Says that a workspace id on the command line, which is a credential, stands in the list of processes and in the shell's
 * history, and which way is better.
 */
export function sayVisibleId(id: string, { terminal, say }: Pick<Cli, 'terminal' | 'say'>): void {
  const fingerprint = workspaceFingerprint(id);
  terminal.aside(`${terminal.colours.yellow(say('cli.note'))} ${say('workspace.visible', { fingerprint })}`);
}
