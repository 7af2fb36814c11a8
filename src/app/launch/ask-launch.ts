import { resolve } from 'node:path';
import type { LaunchAnswer, LaunchOptions, LaunchRecord } from '../../core/ledger/launches.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { LockHolder } from '../../core/ledger/locks.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { recordIn } from '../actions/record-action.js';
import type { App } from '../app.js';
import { requireApproved } from '../approval/require-approved.js';
import { lockHolder, lockPlaces, stateDirOf } from '../locks.js';
import { hasLedger, withLedger } from '../open-ledger.js';
import { readPlanDigest } from '../plan/plan-digest.js';
import { refuseNewLedger } from '../send/refuse-new-ledger.js';
import { sandboxTarget, trustedTargetOf } from '../target.js';
import { listName } from '../templates/known-templates.js';

/** What somebody wants to be sent. */
export interface LaunchRequest {
  /** Chosen with the form and sent along with it: a second press has the same one. */
  readonly key: string;
  /** Folder or file of the campaign. */
  readonly campaign: string;
  readonly sandbox: boolean;
  /** Digest of the plan that was shown (`Plan.digest`). */
  readonly planDigest: string;
  /** The same as it was approved (`ApprovalLook`); left out: no other. Whether that stands for the plan is for the run to find. */
  readonly approvedDigest?: string;
  /** How many would get it by that plan (`Plan.counts.pending`): never more. */
  readonly confirmed: number;
  readonly options: LaunchOptions;
  /** Who asks, by the name that others see. */
  readonly by: string;
  /** Epoch milliseconds; null: at once. */
  readonly startAt: number | null;
}

/** What asking came to. */
export type AskedLaunch =
  | LaunchAnswer
  /** A run that nobody launched, such as one in a terminal, is at this campaign. */
  | { readonly kind: 'running'; readonly holder: LockHolder };

/**
 * Enters a launch in the ledger; nothing is started here: `startDueLaunches` does that, now or at its time, also when
 * this process dies right after. Asked twice, by whoever, there is one run: the answer says whose it is and since when.
 */
export async function askLaunch(request: LaunchRequest, app: App): Promise<Result<AskedLaunch>> {
  const { key, campaign: path, sandbox, planDigest, confirmed, options, by, startAt } = request;
  const { approvedDigest = planDigest } = request;
  const digest = readPlanDigest(planDigest);
  if (!digest.ok) return digest;
  const read = await app.campaignFiles.read(resolve(app.cwd, path));
  if (!read.ok) return read;
  const { name, file } = read.value.campaign;
  const target = sandbox ? ok(sandboxTarget('')) : await trustedTargetOf(read.value.campaign, app);
  if (!target.ok) return target;
  const { workspace } = target.value;
  const allowed =
    (await hasLedger(app)) || options.acceptLedger
      ? ok(null)
      : await refuseNewLedger([{ read: read.value, target: target.value }], app);
  if (!allowed.ok) return allowed;
  const sender = listName(target.value);
  const launch = { key, workspace, name, file, sender, confirmed, options, by, startAt };
  const stateDir = stateDirOf(app, workspace);
  if (!stateDir.ok) return stateDir;
  const places = lockPlaces(app.besideLedger, stateDir.value, { workspace, name }, sender);
  return withLedger<AskedLaunch>(app, 'create', async (ledger) => {
    const { launches, sharedLocks } = ledger;
    const approved = await requireApproved(ledger, { workspace, name }, approvedDigest, { operator: by });
    if (!approved.ok) return approved;
    const open = await launches.last({ workspace, name });
    const isFree = open === null || open.endedAt !== null;
    // A key that was used already is answered by its launch, whatever runs by now.
    const holder =
      isFree && (await launches.find(key)) === null
        ? await lockHolder(app, { sharedLocks }, places, 'campaign')
        : null;
    if (holder !== null && startAt === null) return ok({ kind: 'running', holder });
    const asked = await launches.ask({ ...launch, planDigest: digest.value }, app.clock.now());
    if (asked.kind === 'entered') await recordAsked(ledger, asked.launch, app);
    return ok(asked);
  });
}

function recordAsked(ledger: Ledger, launch: LaunchRecord, app: App): Promise<void> {
  const { workspace, name: campaign, confirmed: people, planDigest: plan, startAt, options } = launch;
  const when = startAt === null ? {} : { startAt: new Date(startAt).toISOString() };
  const limit = options.limit === null ? {} : { limit: options.limit };
  const kind = startAt === null ? 'send-asked' : 'send-scheduled';
  return recordIn(ledger, { kind, workspace, campaign, after: { people, ...limit, ...when, plan } }, app);
}

/** Takes back a launch that has not begun; a failure: it does not wait any more, or there is none. */
export function withdrawLaunch(key: string, app: App): Promise<Result<LaunchRecord>> {
  return withLedger(app, 'existing', (ledger) => withdrawIn(ledger, key, app));
}

/** The same where the ledger is open. */
export async function withdrawIn(ledger: Ledger, key: string, app: App): Promise<Result<LaunchRecord>> {
  const { launches } = ledger;
  const end = { state: 'withdrawn', exitCode: null, problems: [] } as const;
  const at = app.clock.now();
  // A process that was asked for and has not said a word finds that it is not to run.
  const done =
    (await launches.end(key, 'waiting', end, at)) || (await launches.end(key, 'starting', end, at));
  const launch = await launches.find(key);
  if (!done || launch === null) return failed({ code: 'launch.not-waiting' });
  const { workspace, name: campaign } = launch;
  await recordIn(ledger, { kind: 'send-withdrawn', workspace, campaign }, app);
  return ok(launch);
}

/** A person says that a late launch may go on. */
export function allowLateLaunch(key: string, app: App): Promise<Result<LaunchRecord>> {
  return withLedger(app, 'existing', async (ledger) => {
    const { launches } = ledger;
    await launches.watched([key], app.clock.now());
    const launch = await launches.find(key);
    if (launch?.state !== 'waiting' && launch?.state !== 'starting')
      return failed({ code: 'launch.not-waiting' });
    const { workspace, name: campaign } = launch;
    await recordIn(ledger, { kind: 'send-allowed', workspace, campaign }, app);
    return ok(launch);
  });
}
