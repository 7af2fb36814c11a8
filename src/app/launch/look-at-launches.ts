import { type DueLaunches, dueLaunches } from '../../core/launches.js';
import type { LaunchRecord } from '../../core/ledger/launches.js';
import { ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { lockPlaces, stateDirOf } from '../locks.js';
import { hasLedger, withLedger } from '../open-ledger.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';

const NONE: DueLaunches = { start: [], late: [], inLine: [], scheduled: [], lost: [] };

/** What stands with the open launches. Changes nothing. */
export async function lookAtLaunches(app: App): Promise<Result<DueLaunches>> {
  if (!hasLedger(app)) return ok(NONE);
  return withLedger(app, 'read', async ({ launches }) =>
    ok(await sortedLaunches(await launches.open(), app)),
  );
}

/** Sorts them by what is to be done; see `dueLaunches`. */
export async function sortedLaunches(open: readonly LaunchRecord[], app: App): Promise<DueLaunches> {
  if (open.length === 0) return NONE;
  const standing = app.processes.standing;
  return dueLaunches(open, { at: app.clock.now(), busySenders: await busySenders(open, app), standing });
}

/** A launch that goes on holds its sender's lock, too; that is no other run. */
async function busySenders(open: readonly LaunchRecord[], app: App): Promise<ReadonlySet<string>> {
  const busy = new Set<string>();
  for (const { workspace, name, sender } of open.filter(({ state }) => state === 'waiting')) {
    // Each run on the sandbox has an address of its own, and so a lock of its own.
    if (workspace === SANDBOX_WORKSPACE || busy.has(sender)) continue;
    const stateDir = stateDirOf(app, workspace);
    if (!stateDir.ok) continue;
    const { sender: lock } = lockPlaces(app.ledgerFile, stateDir.value, { workspace, name }, sender);
    if ((await app.ledgers.locks.holder(lock)) !== null) busy.add(sender);
  }
  return busy;
}
