import { randomUUID } from 'node:crypto';
import { isDatabaseAddress } from '../../core/ledger/database-address.js';
import { type Ledger, LedgerError } from '../../core/ledger/ledger.js';
import type { EnteredRun, SharedRuns, WorkingMachine } from '../../core/ledger/shared-runs.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';
import type { RunDisplay } from '../send/display.js';
import { workspaceFingerprint } from '../workspace.js';
import { untilAskedAgain } from './in-line.js';
import { type Owned, ownRun } from './own-run.js';
import { type OwnedEnd, runEntered } from './run-entered.js';

/** How a machine works. */
export interface WorkOptions {
  /** Runs at a time, each of another sender. */
  readonly workers: number;
  readonly acceptFailover: boolean;
}

/** What shows a run that this machine owns, and hears how it ended. */
export interface ShownRun {
  readonly display: RunDisplay;
  readonly ended: (end: OwnedEnd, skippedByReason: Readonly<Record<string, number>>) => Promise<void>;
  /** Nothing is shown of it any more, whatever became of it. */
  readonly close: () => void;
}

/** Told what a machine does. */
export interface WorkDisplay {
  /** It stands in the ledger as a machine that waits for runs. */
  readonly waits: (workspace: string) => void;
  /** This machine goes on with a run. */
  readonly owns: (run: Owned['run']) => ShownRun;
  /** Something keeps this machine, and perhaps no other, from a run; told once until it changes. */
  readonly passes: (run: EnteredRun, problems: readonly Problem[]) => void;
  /** The ledger cannot be reached; told once until it can. */
  readonly away: (problem: Problem) => void;
}

/** How often a machine says that it is there. */
const PRESENT_EVERY_MS = 5_000;

/**
 * Owns runs of the ledger, one after the other in each of its places, until `stop`: those that wait, and those whose owner is
 * gone. Then what is in flight finishes, and what it held can be taken at once.
 */
export async function workRuns(
  { workers, acceptFailover }: WorkOptions,
  stop: AbortSignal,
  display: WorkDisplay,
  app: App,
): Promise<Result<null>> {
  const notShared = failed({ code: 'work.not-shared', params: { file: app.ledgerFile } });
  // A file would be made only to say that nobody can share it.
  if (!isDatabaseAddress(app.ledgerFile)) return notShared;
  const { workspaceId } = app.environment;
  if (workspaceId === null) return failed({ code: 'environment.no-workspace' });
  const workspace = workspaceFingerprint(workspaceId);
  const machine: WorkingMachine = { ...app.process, id: randomUUID(), workspace, workers };
  return withLedger(app, 'create', async (ledger) => {
    const { shared } = ledger;
    if (shared === null) return notShared;
    await shared.present(machine);
    display.waits(workspace);
    const told = new Told(display);
    const place = new AbortController();
    const signal = AbortSignal.any([stop, place.signal]);
    const places = Array.from({ length: workers }, () =>
      // Of its own: what one run loses with its leases is no other's.
      withLedger(app, 'existing', (own) => work(own, { acceptFailover, stop: signal, told, display, app })),
    );
    const there = stayPresent(shared, machine, signal, app);
    try {
      return (await Promise.all(places)).find(({ ok: done }) => !done) ?? ok(null);
    } finally {
      // Where one found a bug, the others still end in order.
      place.abort();
      await Promise.allSettled(places);
      await there;
    }
  });
}

/** What a place works with. */
interface Place {
  readonly acceptFailover: boolean;
  readonly stop: AbortSignal;
  readonly told: Told;
  readonly display: WorkDisplay;
  readonly app: App;
}

async function work(ledger: Ledger, place: Place): Promise<Result<null>> {
  const { stop, told, app } = place;
  while (!stop.aborted) {
    try {
      await workOnce(ledger, place);
      told.reached();
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      told.away(error.problem);
    }
    await untilAskedAgain(app, stop);
  }
  return ok(null);
}

/** Goes on with the first run that this machine may own. */
async function workOnce(ledger: Ledger, { acceptFailover, stop, told, display, app }: Place): Promise<void> {
  const { shared } = ledger;
  if (shared === null) return;
  for (const entered of await shared.entered()) {
    if (entered.control === 'paused') continue;
    const owned = await ownRun(entered, { ledger, shared, app });
    if (!owned.ok) told.passes(entered, owned.problems);
    if (!owned.ok || owned.value === null) continue;
    await goOn(owned.value, { acceptFailover, stop, display });
    return;
  }
}

async function goOn(
  { run, release }: Owned,
  { acceptFailover, stop, display }: Pick<Place, 'acceptFailover' | 'stop' | 'display'>,
): Promise<void> {
  const shown = display.owns(run);
  try {
    const end = await runEntered({ ...run, acceptFailover, stop, display: shown.display });
    await shown.ended(end, await run.ledger.campaigns.skippedByReason(run.record.id));
  } finally {
    shown.close();
    await release();
  }
}

async function stayPresent(
  shared: SharedRuns,
  machine: WorkingMachine,
  stop: AbortSignal,
  { clock }: Pick<App, 'clock'>,
): Promise<void> {
  while (!stop.aborted) {
    await clock.sleep(PRESENT_EVERY_MS, stop);
    if (!stop.aborted) await unlessAway(shared.present(machine));
  }
  await unlessAway(shared.absent(machine.id));
}

/** Others see by themselves who was not heard of for long. */
async function unlessAway(said: Promise<void>): Promise<void> {
  try {
    await said;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
  }
}

/** Says things once, however often they are found. */
class Told {
  readonly #display: WorkDisplay;
  readonly #passed = new Map<number, string>();
  #away = '';

  constructor(display: WorkDisplay) {
    this.#display = display;
  }

  passes(run: EnteredRun, problems: readonly Problem[]): void {
    const said = JSON.stringify(problems);
    if (this.#passed.get(run.campaignId) === said) return;
    this.#passed.set(run.campaignId, said);
    this.#display.passes(run, problems);
  }

  away(problem: Problem): void {
    if (problem.code !== this.#away) this.#display.away(problem);
    this.#away = problem.code;
  }

  reached(): void {
    this.#away = '';
  }
}
