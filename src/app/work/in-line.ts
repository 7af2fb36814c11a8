import { isLocked } from '../../core/ledger/locks.js';
import type { SharedRuns } from '../../core/ledger/shared-runs.js';
import { ok, type Problem, type Result } from '../../core/problem.js';
import type { App } from '../app.js';

/** How often whoever waits asks again, give or take a third of it, so that machines do not ask in step. */
const ASK_EVERY_MS = 1_500;

/** A moment until the ledger is asked again; less when `signal` fires. */
export function untilAskedAgain(
  { clock, chance }: Pick<App, 'clock' | 'chance'>,
  signal: AbortSignal,
): Promise<void> {
  return clock.sleep(Math.round(ASK_EVERY_MS * (2 / 3 + (2 / 3) * chance())), signal);
}

/** Who stands in line for a sender. */
export interface InLine<T> {
  /** Tries once to own it. */
  readonly take: () => Promise<Result<T>>;
  /** Told who owns it, once for each owner. */
  readonly waits: (owner: Problem) => void;
  readonly stop: AbortSignal;
  readonly app: Pick<App, 'clock' | 'chance'>;
}

/** Waits until the sender is free; null: a person asked to end before. */
export async function inLine<T>({ take, waits, stop, app }: InLine<T>): Promise<Result<T | null>> {
  let told = '';
  while (!stop.aborted) {
    const taken = await take();
    if (taken.ok || !isLocked(taken.problems)) return taken;
    const [owner] = taken.problems;
    const who = JSON.stringify(owner?.params);
    if (owner !== undefined && who !== told) waits(owner);
    told = who;
    await untilAskedAgain(app, stop);
  }
  return ok(null);
}

/** Whether a campaign stands in the line; while its lock is held here, nobody else enters it. */
export async function standsInLine(shared: Pick<SharedRuns, 'entered'>, id: number): Promise<boolean> {
  return (await shared.entered()).some(({ campaignId }) => campaignId === id);
}

/** Halts that say something of the machine and nothing of the campaign: another machine may go on. */
const OF_THE_MACHINE: ReadonlySet<string> = new Set([
  'halt.lease-lost',
  'halt.ledger-write',
  'halt.disk-full',
]);

/** How a run that stands in the ledger ended. */
export interface EndedRun {
  readonly campaignId: number;
  readonly runId: number;
  /** Code of why it stopped; null: nothing did. */
  readonly halt: string | null;
}

/** Takes a run out of the line that has ended, unless another machine is to go on with it. */
export async function leaveEnded(shared: SharedRuns, { campaignId, runId, halt }: EndedRun): Promise<void> {
  if (halt !== null && OF_THE_MACHINE.has(halt)) return;
  await shared.leave(campaignId, runId);
}
