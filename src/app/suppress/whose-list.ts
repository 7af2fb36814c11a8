import type { SuppressionRecord } from '../../core/ledger/people.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';
import { isFingerprint, SANDBOX_WORKSPACE, workspaceFingerprint } from '../workspace.js';

/**
 * Name in the ledger of the workspace whose list is meant.
 *
 * @param typed the workspace's id, or the fingerprint that `status` shows; '': the environment's
 */
export async function whoseList(sandbox: boolean, typed: string, app: App): Promise<Result<string>> {
  if (sandbox) return ok(SANDBOX_WORKSPACE);
  if (isFingerprint(typed)) return known(typed, app);
  const id = typed === '' ? (app.environment.workspaceId ?? '') : typed;
  return id === '' ? failed({ code: 'suppress.no-workspace' }) : ok(workspaceFingerprint(id));
}

/** A list under a mistyped fingerprint would keep nobody from getting anything. */
function known(fingerprint: string, app: App): Promise<Result<string>> {
  return withLedger(app, 'read', async ({ lists }) => {
    const workspaces = (await lists.workspaces()).filter(isFingerprint);
    if (workspaces.includes(fingerprint)) return ok(fingerprint);
    const params = {
      fingerprint,
      file: app.ledgerFile,
      count: workspaces.length,
      known: workspaces.join(', '),
    };
    return failed({ code: 'suppress.unknown-workspace', params });
  });
}

/** Works with the entries of a list, which come as they are asked for. */
export function withEntries<T>(
  workspace: string,
  app: App,
  work: (entries: AsyncIterable<SuppressionRecord>) => Promise<Result<T>>,
): Promise<Result<T>> {
  return withLedger(app, 'read', ({ lists }) => work(lists.entries(workspace)));
}
