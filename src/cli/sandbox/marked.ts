import { SANDBOX_WORKSPACE } from '../../app/workspace.js';

/** A line about a run, with SANDBOX before it where nobody got anything. */
export function marked(line: string, workspace: string): string {
  return workspace === SANDBOX_WORKSPACE ? `SANDBOX · ${line}` : line;
}
