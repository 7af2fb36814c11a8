import { type CampaignNeed, needsOf, needsOfFirst } from '../../core/campaign-needs.js';
import type { DueLaunches } from '../../core/launches.js';
import type { LaunchRecord } from '../../core/ledger/launches.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { LockHolder } from '../../core/ledger/locks.js';
import type { CampaignOverview } from '../../core/ledger/status.js';
import { ok, type Problem, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { changedSince } from '../launch/changed-since.js';
import { NONE_DUE, sortedLaunches } from '../launch/sorted-launches.js';
import { lockHolder, lockPlaces, stateDirOf } from '../locks.js';
import { movedLedger } from '../moved-ledger.js';
import { hasLedger, withLedger } from '../open-ledger.js';
import { isSending } from '../overview/standing.js';
import { waitingCampaigns } from '../work/waiting-runs.js';
import { SANDBOX_WORKSPACE, senderOf, workspaceFingerprint } from '../workspace.js';
import { type CampaignFolder, type CampaignFolders, nameOf } from './campaign-folders.js';

/** A campaign of the home page. */
export interface ListedCampaign {
  /** The name in its file, or in the ledger; of a file that is wrong, that of its folder. */
  readonly name: string;
  /** Absolute path of its file; it may be gone where `inFolder` is false. */
  readonly file: string;
  readonly inFolder: boolean;
  /** What is wrong with its file. */
  readonly problems: readonly Problem[];
  /** What the ledger knows of it; null: it was never sent or imported. */
  readonly sent: CampaignStand | null;
  /** The same of rehearsals on the sandbox. */
  readonly rehearsed: CampaignStand | null;
  /** When something happened last (epoch milliseconds); null: nothing ever did. */
  readonly lastAt: number | null;
}

/** How a campaign stands in the ledger. */
export interface CampaignStand extends CampaignOverview {
  /** Who works on it now, or null. */
  readonly holder: LockHolder | null;
  /** Requests per second lately, of a run that goes on; else null. */
  readonly ratePerSecond: number | null;
  /** The newest launch; null: it was never launched. */
  readonly launch: LaunchRecord | null;
  /** Nobody works on it, and a computer that waits for campaigns goes on with it by itself. */
  readonly isEntered: boolean;
  /** What a person should do something about. */
  readonly needs: readonly CampaignNeed[];
}

/** All campaigns, and what is to be done about launches. */
export interface CampaignList {
  readonly campaigns: readonly ListedCampaign[];
  readonly launches: DueLaunches;
  /** Those that will be refused, because the campaign was changed since. */
  readonly changed: readonly ChangedLaunch[];
  readonly first: readonly FirstLaunch[];
  /** Nothing is sent from this ledger any more: it was moved; null: it was not. */
  readonly moved: Problem | null;
}

/**
 * The newest launch of a campaign that the ledger knows by nothing else, and what a person should do about it. One that
 * ended is of the own workspace, or a rehearsal: nobody sends anew through another one, such as one that was mistyped.
 */
export interface FirstLaunch {
  readonly launch: LaunchRecord;
  readonly needs: readonly CampaignNeed[];
}

/** A launch that waits, and who changed its campaign since. */
export interface ChangedLaunch {
  readonly launch: LaunchRecord;
  readonly by: string;
}

/**
 * Every campaign of a folder and of the ledger, what happened last first. One look at the ledger for all, and one lock for each
 * that may be running: hundreds of campaigns take some milliseconds.
 *
 * @param folder absolute path of the campaigns
 */
export async function listCampaigns(
  folder: string,
  folders: CampaignFolders,
  app: App,
): Promise<Result<CampaignList>> {
  const found = await folders.in(folder, app);
  if (!(await hasLedger(app)))
    return ok({
      campaigns: merged(found, [], [], app),
      launches: NONE_DUE,
      changed: [],
      first: [],
      moved: null,
    });
  return withLedger(app, 'read', async (ledger) => {
    const moved = await movedLedger(ledger.identity, app);
    const { stands, launches: due, first } = await standsOf(await ledger.status.overview(), ledger, app);
    const launches = moved === null ? due : NONE_DUE;
    const changed: ChangedLaunch[] = [];
    for (const launch of [...launches.inLine, ...launches.scheduled]) {
      const by = await changedSince(launch, ledger);
      if (by !== null) changed.push({ launch, by });
    }
    return ok({
      campaigns: merged(found, stands, first, app),
      launches,
      changed,
      first: moved === null ? first : [],
      moved,
    });
  });
}

interface Stands {
  readonly stands: readonly CampaignStand[];
  readonly launches: DueLaunches;
  readonly first: readonly FirstLaunch[];
}

/** How campaigns of the ledger stand, and what is to be done about their launches. */
export async function standsOf(
  overviews: readonly CampaignOverview[],
  ledger: Pick<Ledger, 'campaigns' | 'status' | 'launches' | 'shared' | 'sharedLocks'>,
  app: App,
): Promise<Stands> {
  const newest = await ledger.launches.newest();
  const open = newest
    .filter(({ endedAt }) => endedAt === null)
    .toSorted((one, other) => one.askedAt - other.askedAt);
  const due = await sortedLaunches(open, ledger, app);
  const waiting = await waitingCampaigns(ledger.shared);
  const byCampaign = new Map(newest.map((launch) => [keyOf(launch), launch]));
  const has = (some: readonly LaunchRecord[], launch: LaunchRecord | null): boolean =>
    some.some(({ key }) => key === launch?.key);
  const standing = (launch: LaunchRecord | null) => ({
    isLate: has(due.late, launch),
    isLost: has(due.lost, launch),
  });
  const stands: CampaignStand[] = [];
  for (const seen of overviews) {
    const launch = byCampaign.get(keyOf(seen.record)) ?? null;
    const holder = await holderOf(seen, launch, ledger, app);
    const overview = holder === null ? await endedSince(seen, ledger) : seen;
    const { lastRun, counts, record } = overview;
    const goesOn = record.control === 'go' && waiting.has(record.id);
    const isEntered = goesOn && holder === null && counts.pending > 0;
    const isRunning = holder !== null;
    const needs = needsOf({ ...overview, ...standing(launch), launch, isRunning, isEntered });
    const ratePerSecond =
      lastRun !== null && isSending({ holder, lastRun })
        ? await ledger.status.recentRatePerSecond(lastRun.id, app.clock.now())
        : null;
    stands.push({ ...overview, holder, ratePerSecond, launch, isEntered, needs });
  }
  const first = firstOf(newest, overviews, app).map((launch) => ({
    launch,
    needs: needsOfFirst(launch, standing(launch)),
  }));
  return { stands, launches: due, first };
}

/** Launches of campaigns that the ledger knows by nothing else (`FirstLaunch`). */
function firstOf(
  newest: readonly LaunchRecord[],
  overviews: readonly CampaignOverview[],
  app: Pick<App, 'environment'>,
): readonly LaunchRecord[] {
  const known = new Set(overviews.map(({ record }) => keyOf(record)));
  const own = ownWorkspace(app);
  const isOwn = (workspace: string): boolean =>
    own === null || workspace === own || workspace === SANDBOX_WORKSPACE;
  return newest.filter(
    (launch) => (launch.endedAt === null || isOwn(launch.workspace)) && !known.has(keyOf(launch)),
  );
}

function keyOf({ workspace, name }: { readonly workspace: string; readonly name: string }): string {
  return `${workspace}\n${name}`;
}

/** By its name in the ledger; null: nobody said which it is. */
function ownWorkspace({ environment: { workspaceId } }: Pick<App, 'environment'>): string | null {
  return workspaceId === null ? null : workspaceFingerprint(workspaceId);
}

/** A run that ended holds no lock: most campaigns need not be asked. */
async function holderOf(
  { record, lastRun }: CampaignOverview,
  launch: LaunchRecord | null,
  ledger: Pick<Ledger, 'sharedLocks'>,
  app: App,
): Promise<LockHolder | null> {
  const mayRun =
    (lastRun !== null && lastRun.endedAt === null) || (launch !== null && launch.endedAt === null);
  const stateDir = mayRun ? stateDirOf(app, record.workspace) : null;
  if (stateDir === null || !stateDir.ok) return null;
  const sender = senderOf(record.baseUrl, record.workspace);
  const places = lockPlaces(app.besideLedger, stateDir.value, record, sender);
  return lockHolder(app, ledger, places, 'campaign');
}

/** Nobody is at it: its run died, or ended since the overview was read, and is told as it ended. */
async function endedSince(
  seen: CampaignOverview,
  { campaigns, status }: Pick<Ledger, 'campaigns' | 'status'>,
): Promise<CampaignOverview> {
  const { record, lastRun } = seen;
  if (lastRun === null || lastRun.endedAt !== null) return seen;
  const now = await status.lastRun(record.id);
  if (now === null || now.endedAt === null) return seen;
  const ended = (await campaigns.find(record)) ?? record;
  return { ...seen, record: ended, lastRun: now, counts: await campaigns.counts(record.id) };
}

/** Folders with what the ledger knows of their campaigns, and campaigns whose folder is gone. */
function merged(
  folders: readonly CampaignFolder[],
  stands: readonly CampaignStand[],
  first: readonly FirstLaunch[],
  app: Pick<App, 'environment'>,
): readonly ListedCampaign[] {
  const own = ownWorkspace(app);
  const names = new Map(Map.groupBy(stands, ({ record }) => record.name));
  const known = [...stands.map(({ record }) => record), ...first.map(({ launch }) => launch).toReversed()];
  // A copied folder has the name of another one: it is the same campaign, and was sent as far as that was.
  const listed = folders.map(({ file, campaign, problems }): ListedCampaign => {
    const name = nameOf({ file, campaign }, known);
    return listedOf({ name, file, inFolder: true, problems }, names.get(name) ?? [], own);
  });
  for (const { name } of listed) names.delete(name);
  const others = [...names].map(([name, known]) => {
    const file = known[0]?.record.file ?? '';
    return listedOf({ name, file, inFolder: false, problems: [] }, known, own);
  });
  return [...listed, ...others].toSorted((one, other) => (other.lastAt ?? 0) - (one.lastAt ?? 0));
}

function listedOf(
  about: Pick<ListedCampaign, 'name' | 'file' | 'inFolder' | 'problems'>,
  known: readonly CampaignStand[],
  own: string | null,
): ListedCampaign {
  const real = known.filter(({ record }) => record.workspace !== SANDBOX_WORKSPACE);
  const sent = real.find(({ record }) => record.workspace === own) ?? real[0] ?? null;
  const rehearsed = known.find(({ record }) => record.workspace === SANDBOX_WORKSPACE) ?? null;
  const moments = [sent, rehearsed].flatMap((stand) => (stand === null ? [] : [lastOf(stand)]));
  return { ...about, sent, rehearsed, lastAt: moments.length === 0 ? null : Math.max(...moments) };
}

function lastOf({ record, lastRun, launch, importedAt }: CampaignStand): number {
  const moments = [record.createdAt, importedAt, lastRun?.startedAt, lastRun?.endedAt, launch?.askedAt];
  return Math.max(...moments.map((at) => at ?? 0));
}
