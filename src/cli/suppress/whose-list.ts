import { isFingerprint, SANDBOX_WORKSPACE, workspaceFingerprint } from '../../app/workspace.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import { withLedger } from '../open-ledger-file.js';
import { sayVisibleId } from '../options.js';

/**
 * Whose list it is: `--sandbox`, `--workspace` or the environment says. `--workspace` takes the id, which then is for
 * everybody to see, or the fingerprint that `status` shows.
 */
export async function whoseList(args: Args, cli: Cli): Promise<string> {
  if (args.flag('sandbox')) return SANDBOX_WORKSPACE;
  const typed = args.text('workspace')?.trim() ?? '';
  if (isFingerprint(typed)) return known(typed, cli);
  if (typed !== '') sayVisibleId(typed, cli);
  const id = typed === '' ? (cli.environment.workspaceId ?? '') : typed;
  if (id !== '') return workspaceFingerprint(id);
  throw new CommandFailure(EXIT.unusable, [{ code: 'suppress.no-workspace' }]);
}

/** A list under a mistyped fingerprint would keep nobody from getting anything. */
function known(fingerprint: string, cli: Cli): Promise<string> {
  return withLedger(cli, 'read', async ({ lists }) => {
    const workspaces = (await lists.workspaces()).filter(isFingerprint);
    if (workspaces.includes(fingerprint)) return fingerprint;
    const params = {
      fingerprint,
      file: cli.ledgerFile,
      count: workspaces.length,
      known: workspaces.join(', '),
    };
    throw new CommandFailure(EXIT.unusable, [{ code: 'suppress.unknown-workspace', params }]);
  });
}
