import { type DueLaunches, dueLaunches, type LaunchLook, START_PATIENCE_MS } from '../../core/launches.js';
import type { LaunchRecord, ProcessMark } from '../../core/ledger/launches.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { App } from '../app.js';
import { lockHolder, lockPlaces, stateDirOf } from '../locks.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';
import { hasChild, isSameProcess } from './own-children.js';

/** Nothing is to be done. */
export const NONE_DUE: DueLaunches = { start: [], late: [], inLine: [], scheduled: [], lost: [] };

/** Sorts open launches by what is to be done; see `dueLaunches`. */
export async function sortedLaunches(
  open: readonly LaunchRecord[],
  ledger: Pick<Ledger, 'sharedLocks'>,
  app: App,
): Promise<DueLaunches> {
  if (open.length === 0) return NONE_DUE;
  const at = app.clock.now();
  const gone = new Set([...(await goneElsewhere(open, at, ledger, app)), ...unheardHere(open, at, app)]);
  return dueLaunches(open, {
    at,
    ...(await busyBeside(open, ledger, app)),
    standing: (mark) => (gone.has(mark) ? 'gone' : app.processes.standing(mark)),
  });
}

/**
 * Processes that nobody here can look at, because they are of another machine, of one that had another name, or on Windows: after
 * some patience the campaign's lock tells that they are gone.
 */
async function goneElsewhere(
  open: readonly LaunchRecord[],
  at: number,
  ledger: Pick<Ledger, 'sharedLocks'>,
  app: App,
): Promise<ReadonlySet<ProcessMark>> {
  const gone = new Set<ProcessMark>();
  for (const { workspace, name, sender, starter, runner, startedAt } of open) {
    const mark = runner ?? starter;
    if (mark === null || app.processes.standing(mark) !== 'unknown') continue;
    if (!isPatienceOver(startedAt, at)) continue;
    const stateDir = stateDirOf(app, workspace);
    if (!stateDir.ok) continue;
    const places = lockPlaces(app.besideLedger, stateDir.value, { workspace, name }, sender);
    if ((await lockHolder(app, ledger, places, 'campaign')) === null) gone.add(mark);
  }
  return gone;
}

/**
 * This process, for each launch of which it began no other one although the ledger says so: it was cut off from its database in
 * the middle of that, or of writing that the other one ended.
 */
function unheardHere(open: readonly LaunchRecord[], at: number, app: App): readonly ProcessMark[] {
  const { pid } = app.process;
  const own = app.processes.mark(pid);
  return open.flatMap(({ state, starter, startedAt, log }) => {
    const isOwn = state === 'starting' && starter !== null && isSameProcess(starter, own);
    return isOwn && isPatienceOver(startedAt, at) && !hasChild(log) ? [starter] : [];
  });
}

function isPatienceOver(startedAt: number | null, at: number): boolean {
  return startedAt !== null && Math.abs(at - startedAt) > START_PATIENCE_MS;
}

/** A launch that goes on holds the locks of its campaign and its sender, too; that is no other run. */
async function busyBeside(
  open: readonly LaunchRecord[],
  ledger: Pick<Ledger, 'sharedLocks'>,
  app: App,
): Promise<Pick<LaunchLook, 'busySenders' | 'held'>> {
  const busySenders = new Set<string>();
  const held = new Set<string>();
  for (const { key, workspace, name, sender } of open.filter(({ state }) => state === 'waiting')) {
    const stateDir = stateDirOf(app, workspace);
    if (!stateDir.ok) continue;
    const places = lockPlaces(app.besideLedger, stateDir.value, { workspace, name }, sender);
    if ((await lockHolder(app, ledger, places, 'campaign')) !== null) held.add(key);
    // Each run on the sandbox has an address of its own, and so a lock of its own.
    if (workspace === SANDBOX_WORKSPACE || busySenders.has(sender)) continue;
    if ((await lockHolder(app, ledger, places, 'sender')) !== null) busySenders.add(sender);
  }
  return { busySenders, held };
}
