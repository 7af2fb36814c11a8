import type { DueLaunches } from '../../core/launches.js';
import type { LaunchRecord } from '../../core/ledger/launches.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { StartedProcess } from '../../core/new-process.js';
import { ok, type Problem, type Result } from '../../core/problem.js';
import { ACTS_FOR_VARIABLE } from '../../core/team/actor.js';
import { ledgerOfChild } from '../apart/ledger-of-child.js';
import type { App } from '../app.js';
import { hasLedger, withLedger } from '../open-ledger.js';
import { SANDBOX_WORKSPACE, workspaceFingerprint } from '../workspace.js';
import { onceFree } from './once-free.js';
import { childBegins } from './own-children.js';
import { NONE_DUE, sortedLaunches } from './sorted-launches.js';

/** Variable of the environment by which a process knows whose launch it is. */
export const LAUNCH_VARIABLE = 'PLAZCAST_LAUNCH';

/** With what the processes of launches are started. */
export interface Launcher {
  /** Program and words that start plazcast once more; `Host.program`. */
  readonly program: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Starts what is due, one of a sender at a time, and ends what died. To be called after a launch was asked for, and every few
 * seconds as long as a server is there; several callers at once start each launch once.
 *
 * @returns what was found; `start` has only those that this call started
 */
export async function startDueLaunches(launcher: Launcher, app: App): Promise<Result<DueLaunches>> {
  if (!(await hasLedger(app))) return ok(NONE_DUE);
  return withLedger(app, 'existing', async (ledger) => {
    const { launches } = ledger;
    const open = await launches.open();
    if (open.length === 0) return ok(NONE_DUE);
    const due = await sortedLaunches(open, ledger, app);
    const at = app.clock.now();
    const watched = [...due.inLine, ...due.scheduled].filter(
      ({ watchedAt }) => Math.abs(at - watchedAt) > WATCH_MS,
    );
    // Waiting for who writes, such as an import of a long list, would keep every page waiting: the next look comes soon.
    const hasToWrite = due.lost.length + due.start.length + watched.length > 0;
    if (!hasToWrite || (await ledger.isHeld(LONGER_THAN_COMMITS_MS))) return ok({ ...due, start: [] });
    const lost = { state: 'lost', exitCode: null, problems: [] } as const;
    for (const { key } of due.lost) await launches.end(key, 'running', lost, at);
    const started: LaunchRecord[] = [];
    for (const launch of due.start) if (await startOne(launch, launcher, ledger, app)) started.push(launch);
    if (watched.length > 0)
      await launches.watched(
        watched.map(({ key }) => key),
        at,
      );
    return ok({ ...due, start: started });
  });
}

/** Who writes for longer is left alone. */
const LONGER_THAN_COMMITS_MS = 500;

/** How often it is noted that somebody is there: a fraction of what makes a launch late. */
const WATCH_MS = 60_000;

async function startOne(
  launch: LaunchRecord,
  { program, env }: Launcher,
  { launches, shared }: Ledger,
  app: App,
): Promise<boolean> {
  // Of servers that share a ledger one may lack what another has; a process of its own would refuse the launch for good.
  if (!isOwn(launch, app)) return false;
  // On one machine they see the same files: where this one is gone, that it was refused is told at once.
  if (shared !== null && !app.campaignFiles.isThere(launch.file)) return false;
  const { pid } = app.process;
  const starter = app.processes.mark(pid);
  if (starter === null) return false;
  const at = app.clock.now();
  const log = logFile(launch, at, app);
  if (!(await launches.start(launch.key, { starter, log }, launch.starter, at))) return false;
  const ledger = ledgerOfChild(app);
  const child = await app.processes.start({
    program: [...program, ...wordsOf(launch), ...ledger.words],
    cwd: app.cwd,
    env: { ...env, ...ledger.env, [ACTS_FOR_VARIABLE]: launch.by, [LAUNCH_VARIABLE]: launch.key },
    log,
  });
  if (child.ok) {
    void afterItsEnd(launch, child.value, log, app);
    return true;
  }
  await onceFree(app, async (own) =>
    ok(await own.end(launch.key, 'starting', refusal(null, child.problems), at)),
  );
  return false;
}

/** Whether this server sends for the launch's workspace. */
function isOwn(
  { workspace }: LaunchRecord,
  { environment: { workspaceId } }: Pick<App, 'environment'>,
): boolean {
  if (workspace === SANDBOX_WORKSPACE) return true;
  return workspaceId !== null && workspaceFingerprint(workspaceId) === workspace;
}

/** A process that ended without having said that it is there will never say so. */
async function afterItsEnd(
  launch: LaunchRecord,
  { ended }: StartedProcess,
  log: string,
  app: App,
): Promise<void> {
  const child = childBegins(log);
  const exitCode = await ended;
  child.ended();
  const problem: Problem = {
    code: 'launch.ended-early',
    params: { exitCode: exitCode === null ? '?' : String(exitCode), log },
  };
  // A ledger that cannot be opened now shows itself to whoever looks next.
  await onceFree(app, async (launches) => {
    const stands = await launches.find(launch.key);
    if (stands?.log !== log) return ok(null);
    return ok(await launches.end(launch.key, 'starting', refusal(exitCode, [problem]), app.clock.now()));
  }).catch(() => undefined);
}

function refusal(exitCode: number | null, problems: readonly Problem[]) {
  return { state: 'refused', exitCode, problems } as const;
}

/** A new file beside the ledger, which is the operator's: what a run says may name people. */
function logFile({ name }: LaunchRecord, at: number, { besideLedger }: App): string {
  return `${besideLedger}.${name}.${new Date(at).toISOString().replaceAll(/[:.]/gu, '-')}.log`;
}

function wordsOf({ file, planDigest, workspace, options }: LaunchRecord): readonly string[] {
  const { limit, acceptChanges, acceptLedger } = options;
  return [
    'send',
    file,
    '--yes',
    `--expect-plan=${planDigest}`,
    ...(workspace === SANDBOX_WORKSPACE ? ['--sandbox'] : []),
    ...(limit === null ? [] : [`--limit=${limit}`]),
    ...(acceptChanges ? ['--accept-changes'] : []),
    ...(acceptLedger ? ['--accept-ledger'] : []),
  ];
}
