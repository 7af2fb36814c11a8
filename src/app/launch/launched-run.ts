import type { LaunchRecord } from '../../core/ledger/launches.js';
import { isLocked } from '../../core/ledger/locks.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { onceFree, untilReached } from './once-free.js';
import { isSameProcess } from './own-children.js';

/** How a launched run ended. */
export type LaunchedEnd =
  | { readonly kind: 'ended'; readonly exitCode: number }
  | { readonly kind: 'refused'; readonly exitCode: number; readonly problems: readonly Problem[] };

/**
 * This process is the one of the launch, also where it said so before; a failure: it is not to run, such as because another
 * process already does.
 */
export async function beginLaunched(key: string, app: App): Promise<Result<LaunchRecord>> {
  const { pid } = app.process;
  const mark = app.processes.mark(pid);
  if (mark === null) return failed({ code: 'launch.not-yours' });
  const begun = () =>
    onceFree(app, async (launches) => {
      const launch = (await launches.begin(key, mark)) ?? (await launches.find(key));
      const isOwn = launch?.state === 'running' && isSameProcess(mark, launch.runner);
      return isOwn ? ok(launch) : failed({ code: 'launch.not-yours' });
    });
  return untilReached(app, begun);
}

/**
 * Writes what became of it, also where it was called lost meanwhile. Where somebody else is at the campaign or its sender, the
 * launch stands in line again: a run of a terminal was faster, or whoever settles or puts back.
 */
export async function endLaunched({ key }: LaunchRecord, end: LaunchedEnd, app: App): Promise<Result<null>> {
  const at = app.clock.now();
  const problems = end.kind === 'refused' ? end.problems : [];
  const written = () =>
    onceFree(app, async (launches) => {
      if (isLocked(problems)) {
        await launches.putBack(key, at);
        return ok(null);
      }
      const how = { state: end.kind, exitCode: end.exitCode, problems };
      if (!(await launches.end(key, 'running', how, at))) await launches.end(key, 'lost', how, at);
      return ok(null);
    });
  return untilReached(app, written);
}
