import type { LaunchRecord } from '../../core/ledger/launches.js';
import { ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { hasLedger, withLedger } from '../open-ledger.js';
import { SANDBOX_WORKSPACE, workspaceFingerprint } from '../workspace.js';
import { sortedLaunches } from './sorted-launches.js';

/** A launch, and what it waits for. */
export interface LaunchLook {
  readonly launch: LaunchRecord;
  /** `late`: a person has to say whether it still goes out; `in-line`: behind another one of its sender. */
  readonly stand: 'scheduled' | 'late' | 'in-line' | 'starting' | 'running' | 'over';
}

/** The newest launch of a campaign, the open one first; null: nobody launched it. Changes nothing. */
export async function lookAtLaunch(
  name: string,
  sandbox: boolean,
  app: App,
): Promise<Result<LaunchLook | null>> {
  const workspace = workspaceOf(sandbox, app);
  if (workspace === null || !(await hasLedger(app))) return ok(null);
  return withLedger(app, 'read', async (ledger) => {
    const { launches } = ledger;
    const launch = await launches.last({ workspace, name });
    if (launch === null) return ok(null);
    const { scheduled, late } = await sortedLaunches(await launches.open(), ledger, app);
    const isIn = (some: readonly LaunchRecord[]): boolean => some.some(({ key }) => key === launch.key);
    if (isIn(late)) return ok({ launch, stand: 'late' });
    if (launch.state !== 'waiting') return ok({ launch, stand: standOf(launch) });
    return ok({ launch, stand: isIn(scheduled) ? 'scheduled' : 'in-line' });
  });
}

function standOf({ state }: LaunchRecord): LaunchLook['stand'] {
  return state === 'starting' || state === 'running' ? state : 'over';
}

function workspaceOf(sandbox: boolean, { environment: { workspaceId } }: Pick<App, 'environment'>) {
  if (sandbox) return SANDBOX_WORKSPACE;
  return workspaceId === null ? null : workspaceFingerprint(workspaceId);
}
