import { beginLaunched, endLaunched, type LaunchedEnd } from '../../app/launch/launched-run.js';
import { untilReached } from '../../app/launch/once-free.js';
import { LAUNCH_VARIABLE } from '../../app/launch/start-launches.js';
import { isPassing } from '../../core/ledger/database-address.js';
import type { LaunchRecord } from '../../core/ledger/launches.js';
import { failed, ok, type Problem } from '../../core/problem.js';
import type { Cli } from '../command.js';
import { CommandFailure, EXIT, withLedgerProblem } from '../exit-codes.js';
import { orFail } from '../problems.js';
import { ConfirmedSend, type Handover } from './handover.js';

/** The launch that this process was started for, by its key; null: a person typed the command. */
export function launchIn(env: NodeJS.ProcessEnv): string | null {
  return env[LAUNCH_VARIABLE] ?? null;
}

/**
 * Sends what a launch asks for: says in the ledger that this is its process, and at last what became of it. A launch that
 * another process has taken is left alone, and nothing is sent. Where the ledger is away before any run began, it is tried
 * again: whoever wanted it to be sent at this time may be asleep.
 */
export async function sendLaunched(
  key: string,
  send: (handover: Handover) => Promise<number>,
  cli: Cli,
): Promise<number> {
  const tries: Tried[] = [];
  const through = await untilReached(cli, async () => {
    const launch = await beginLaunched(key, cli);
    if (!launch.ok) return launch;
    const tried = await tryOnce(launch.value, send);
    tries.push(tried);
    return tried.again.length > 0 ? failed(...tried.again) : ok(tried.end.exitCode ?? EXIT.bug);
  });
  const last = tries.at(-1);
  // Whoever took it from here meanwhile says what becomes of it.
  if (last === undefined || !(through.ok || isPassing(through.problems))) return orFail<number>(through);
  await written(last.launch, last.end, cli);
  if (last.thrown !== null) throw last.thrown;
  return last.end.exitCode;
}

/** What one try came to. */
interface Tried {
  readonly launch: LaunchRecord;
  readonly end: LaunchedEnd;
  /** null: nothing was. */
  readonly thrown: unknown;
  /** Why it is worth another try; none: it is not. */
  readonly again: readonly Problem[];
}

async function tryOnce(launch: LaunchRecord, send: (handover: Handover) => Promise<number>): Promise<Tried> {
  const confirmed = {
    [launch.name]: { count: launch.confirmed, planDigest: null, confirmedAt: launch.askedAt },
  };
  const handover = new ConfirmedSend(confirmed, () => Promise.resolve());
  try {
    const exitCode = await send(handover);
    return { launch, end: { kind: 'ended', exitCode }, thrown: null, again: [] };
  } catch (thrown) {
    const error = withLedgerProblem(thrown);
    if (!(error instanceof CommandFailure))
      return { launch, end: { kind: 'ended', exitCode: EXIT.bug }, thrown, again: [] };
    const { exitCode, problems } = error;
    const why = launch.options.limit === null ? problems.filter(isNotStaying) : problems;
    const passes = !handover.hasBegun && exitCode !== EXIT.interrupted && isPassing(why);
    return { launch, end: { kind: 'refused', exitCode, problems }, thrown, again: passes ? why : [] };
  }
}

/** What may still stand in the ledger is entered anew, or sent by now. With a limit, both together would be more than that. */
function isNotStaying({ code }: Problem): boolean {
  return code !== 'send.stays-entered';
}

/** Where the ledger cannot be written any more, whoever looks finds that the process is gone. */
async function written(launch: LaunchRecord, end: LaunchedEnd, cli: Cli): Promise<void> {
  await endLaunched(launch, end, cli).catch(() => undefined);
}
