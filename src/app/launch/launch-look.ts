import type { DueLaunches } from '../../core/launches.js';
import type { CampaignKey } from '../../core/ledger/campaigns.js';
import type { LaunchRecord } from '../../core/ledger/launches.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { hasLedger, withLedger } from '../open-ledger.js';
import { SANDBOX_WORKSPACE, workspaceFingerprint } from '../workspace.js';
import { changedSince } from './changed-since.js';
import { sortedLaunches } from './sorted-launches.js';

/** A launch, and what it waits for. */
export interface LaunchLook {
  readonly launch: LaunchRecord;
  /** `late`: a person has to say whether it still goes out; `in-line`: behind another one of its sender. */
  readonly stand: 'scheduled' | 'late' | 'in-line' | 'starting' | 'running' | 'over';
  /** Who changed the campaign since, so that it will be refused; null: nobody, or it has begun. */
  readonly changedBy: string | null;
}

/** The newest launch of a campaign, the open one first; null: there is none, or it waits elsewhere by now. Changes nothing. */
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
    if (launch === null || (launch.endedAt === null && (await isMoved(ledger)))) return ok(null);
    const due = await sortedLaunches(await launches.open(), ledger, app);
    return ok(await lookOf(launch, due, ledger));
  });
}

/** A launch that has not begun. */
export type LaunchAhead = LaunchLook & { readonly stand: 'scheduled' | 'late' | 'in-line' | 'starting' };

/** Those that have not begun, whoever's campaign it is. */
export async function launchesAhead(
  ledger: Pick<Ledger, 'launches' | 'sharedLocks' | 'actions' | 'identity'>,
  app: App,
): Promise<readonly LaunchAhead[]> {
  const open = (await isMoved(ledger)) ? [] : await ledger.launches.open();
  const due = await sortedLaunches(open, ledger, app);
  return (await Promise.all(open.map((launch) => lookOf(launch, due, ledger)))).filter(isAhead);
}

/** Nothing begins from a ledger that was moved: what waits in it waits in the other one. */
async function isMoved({ identity }: Pick<Ledger, 'identity'>): Promise<boolean> {
  return (await identity.movedTo()) !== null;
}

/** Whether it is one of this campaign. */
export function isLaunchOf(launch: LaunchRecord, { workspace, name }: CampaignKey): boolean {
  return launch.workspace === workspace && launch.name === name;
}

async function lookOf(
  launch: LaunchRecord,
  due: DueLaunches,
  ledger: Pick<Ledger, 'actions'>,
): Promise<LaunchLook> {
  const changedBy = launch.state === 'waiting' ? await changedSince(launch, ledger) : null;
  return { launch, stand: standOf(launch, due), changedBy };
}

function isAhead(look: LaunchLook): look is LaunchAhead {
  return look.stand !== 'running' && look.stand !== 'over';
}

function standOf(launch: LaunchRecord, { scheduled, late }: DueLaunches): LaunchLook['stand'] {
  const isIn = (some: readonly LaunchRecord[]): boolean => some.some(({ key }) => key === launch.key);
  const { state } = launch;
  if (isIn(late)) return 'late';
  if (state === 'waiting') return isIn(scheduled) ? 'scheduled' : 'in-line';
  return state === 'starting' || state === 'running' ? state : 'over';
}

function workspaceOf(sandbox: boolean, { environment: { workspaceId } }: Pick<App, 'environment'>) {
  if (sandbox) return SANDBOX_WORKSPACE;
  return workspaceId === null ? null : workspaceFingerprint(workspaceId);
}
