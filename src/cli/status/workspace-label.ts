import { SANDBOX_WORKSPACE } from '../../app/workspace.js';
import { harmless } from '../../core/harmless.js';
import type { Cli } from '../command.js';

/** Stands behind a campaign's name: the workspace that it goes to, or that it is a rehearsal. */
export function workspaceLabel(
  { workspace }: { readonly workspace: string },
  { terminal }: Pick<Cli, 'terminal'>,
): string {
  return terminal.colours.dim(`  ${workspace === SANDBOX_WORKSPACE ? 'SANDBOX' : harmless(workspace)}`);
}
