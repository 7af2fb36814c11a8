import { beginLaunched, endLaunched, type LaunchedEnd } from '../../app/launch/launched-run.js';
import { LAUNCH_VARIABLE } from '../../app/launch/start-launches.js';
import type { LaunchRecord } from '../../core/ledger/launches.js';
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
 * another process has taken is left alone, and nothing is sent.
 */
export async function sendLaunched(
  key: string,
  send: (handover: Handover) => Promise<number>,
  cli: Cli,
): Promise<number> {
  const launch = orFail(await beginLaunched(key, cli));
  const confirmed = {
    [launch.name]: { count: launch.confirmed, planDigest: null, confirmedAt: launch.askedAt },
  };
  try {
    const exitCode = await send(new ConfirmedSend(confirmed, () => Promise.resolve()));
    await written(launch, { kind: 'ended', exitCode }, cli);
    return exitCode;
  } catch (thrown) {
    const error = withLedgerProblem(thrown);
    const end: LaunchedEnd =
      error instanceof CommandFailure
        ? { kind: 'refused', exitCode: error.exitCode, problems: error.problems }
        : { kind: 'ended', exitCode: EXIT.bug };
    await written(launch, end, cli);
    throw thrown;
  }
}

/** Where the ledger cannot be written any more, whoever looks finds that the process is gone. */
async function written(launch: LaunchRecord, end: LaunchedEnd, cli: Cli): Promise<void> {
  await endLaunched(launch, end, cli).catch(() => undefined);
}
