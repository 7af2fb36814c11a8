import type { EnteredRun } from '../../core/ledger/shared-runs.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { untrustedHost } from '../host-trust.js';
import { stateDirOf } from '../locks.js';
import { type Target, targetOf } from '../target.js';
import { senderOf, workspaceFingerprint } from '../workspace.js';

/** Where this machine would send a run of the ledger to, and where it keeps what it remembers. */
export interface Takeable {
  readonly target: Target;
  readonly stateDir: string;
}

/**
 * Whether this machine may own a run: it is of the workspace whose credentials its environment has, goes to the same address
 * from here, and the credentials may go there. null: it is another workspace's. Asks nobody and writes nothing.
 */
export function mayTake(run: EnteredRun, app: App): Result<Takeable | null> {
  const { workspaceId } = app.environment;
  if (workspaceId === null || workspaceFingerprint(workspaceId) !== run.workspace) return ok(null);
  const target = targetOf({ provider: { baseUrl: run.baseUrl } }, app.environment);
  if (!target.ok) return target;
  const { baseUrl, destination } = target.value;
  if (senderOf(baseUrl, run.workspace) !== run.sender)
    return failed({
      code: 'work.other-address',
      params: { name: run.name, baseUrl: run.baseUrl, own: baseUrl },
    });
  const doubt: Problem | null = destination === null ? null : untrustedHost(destination, app);
  if (doubt !== null) return failed(doubt);
  const stateDir = stateDirOf(app, run.workspace);
  return stateDir.ok ? ok({ target: target.value, stateDir: stateDir.value }) : stateDir;
}
