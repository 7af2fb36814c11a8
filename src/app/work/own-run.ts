import type { Ledger } from '../../core/ledger/ledger.js';
import { isLocked } from '../../core/ledger/locks.js';
import type { EnteredRun, SharedRuns } from '../../core/ledger/shared-runs.js';
import { failed, type Halt, ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { lockHolder, lockPlaces, releaseLocks, takeLocks } from '../locks.js';
import { allowLedger, ledgerQuestion } from '../send/known-ledger.js';
import { watchOver } from '../send/open-for-sending.js';
import { typedCampaign, typedCommand } from '../typed-command.js';
import { mayTake, type Takeable } from './may-take.js';
import type { OwnedRun } from './run-entered.js';
import { readSettings } from './run-settings.js';

/** A run that this machine owns until `release`. */
export interface Owned {
  readonly run: Omit<OwnedRun, 'display' | 'stop' | 'acceptFailover'>;
  readonly release: () => Promise<void>;
}

/** What owning stands on. */
interface OwnDeps {
  readonly ledger: Ledger;
  readonly shared: SharedRuns;
  readonly app: App;
}

/**
 * Takes the leases of a run's campaign and of its sender and looks at it anew; null: it is not this machine's, another one has
 * a lease, or there is nothing to go on with. What only a person can answer stops it, in the ledger, with the words of what to
 * type.
 */
export async function ownRun(entered: EnteredRun, deps: OwnDeps): Promise<Result<Owned | null>> {
  const takeable = mayTake(entered, deps.app);
  if (!takeable.ok) return takeable;
  return takeable.value === null ? ok(null) : owned(entered, takeable.value, deps);
}

async function owned(entered: EnteredRun, takeable: Takeable, deps: OwnDeps): Promise<Result<Owned | null>> {
  const { app } = deps;
  const places = lockPlaces(app.besideLedger, takeable.stateDir, entered, entered.sender);
  // Who is there is left alone: what is only looked at must not turn away somebody who types a command.
  for (const which of ['sender', 'campaign'] as const)
    if ((await lockHolder(app, deps.ledger, places, which)) !== null) return ok(null);
  const taken = await takeLocks(app, deps.ledger, places, entered.name);
  if (!taken.ok) return isLocked(taken.problems) ? ok(null) : taken;
  const release = (): Promise<void> => releaseLocks(taken.value);
  let keeps = false;
  try {
    const run = (await isStillEntered(entered, deps))
      ? await lookedAtAnew(entered, takeable, deps)
      : ok(null);
    if (!run.ok) return run;
    keeps = run.value !== null;
    return ok(run.value === null ? null : { run: run.value, release });
  } finally {
    if (!keeps) await release();
  }
}

/** Whoever confirmed it anew while its campaign was waited for may have confirmed another plan, for another address. */
async function isStillEntered({ campaignId, enteredAt }: EnteredRun, { shared }: OwnDeps): Promise<boolean> {
  return (await shared.entered()).some((run) => run.campaignId === campaignId && run.enteredAt === enteredAt);
}

/** Why a run is left to people: the ledger may hold people whom nobody confirmed. */
const PLANNED_ANEW: Halt = { code: 'halt.planned-anew', params: {} };

async function lookedAtAnew(
  entered: EnteredRun,
  { target, stateDir }: Takeable,
  { ledger, shared, app }: OwnDeps,
): Promise<Result<Owned['run'] | null>> {
  const { campaignId, name, workspace } = entered;
  const stored = await shared.settingsOf(campaignId);
  const record = await ledger.campaigns.find({ workspace, name });
  if (stored === null || record === null || record.control === 'paused') return ok(null);
  if (record.halt !== null) {
    // Who halted it died before it was out of the line: a person begins it anew, and no machine.
    await shared.stop(campaignId, record.halt);
    return ok(null);
  }
  if (stored.plannedAnew) {
    await shared.stop(campaignId, PLANNED_ANEW);
    return ok(null);
  }
  const settings = readSettings(stored.settings);
  if (settings === null) return failed({ code: 'work.other-version', params: { name } });
  const known = ledgerQuestion(ledger, { name, file: null }, target, app);
  if (!known.ok) return known;
  const allowed =
    known.value === null ? ok(null) : await allowLedger(known.value, false, app, () => undefined);
  if (!allowed.ok) {
    const words = ['send', typedCampaign(record.file, app.cwd), '--accept-ledger'];
    const params = { host: app.process.host, command: typedCommand(words, workspace, app) };
    await shared.stop(campaignId, { code: 'halt.ledger-doubt', params });
    return allowed;
  }
  const watch = watchOver(app);
  return ok({
    app,
    ledger,
    shared,
    entered,
    settings,
    target,
    stateDir,
    known: known.value,
    watch,
    record,
    left: stored.left,
  });
}
