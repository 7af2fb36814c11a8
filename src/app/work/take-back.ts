import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import { type Ledger, LedgerError } from '../../core/ledger/ledger.js';
import type { HeldLock } from '../../core/ledger/locks.js';
import type { Problem } from '../../core/problem.js';
import type { App } from '../app.js';
import { type LockPlaces, releaseLocks, takeLocks } from '../locks.js';
import { typedCommand } from '../typed-command.js';

/** What this process entered in a ledger that machines share, and sent nothing of. */
export interface OwnEntry {
  readonly record: Pick<CampaignRecord, 'id' | 'name'>;
  readonly workspace: string;
  /** The run that was begun here, and did not send; null: none was. */
  readonly runId: number | null;
  /** Id of the campaign's last attempt before it was entered; null: there was none. */
  readonly lastAttemptId: number | null;
}

/** What taking back stands on. */
interface TakeBackDeps {
  readonly app: App;
  readonly ledger: Ledger;
  readonly places: LockPlaces;
}

/** What it came to, and the locks that are held by now. */
export interface TakenBack {
  /** That it may stand there, or that a machine went on with it; none: it does not. */
  readonly stays: readonly Problem[];
  readonly locks: readonly HeldLock[];
}

/**
 * Takes out of the line what was entered here, also where the line to the ledger was lost, and with it the hold on the
 * campaign: then its lock is taken anew. Whoever is told that nothing was sent relies on it.
 */
export async function takeBack(
  entry: OwnEntry,
  held: readonly HeldLock[],
  deps: TakeBackDeps,
): Promise<TakenBack> {
  try {
    return { stays: await staying(entry, deps), locks: held };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
  }
  await releaseLocks(held);
  let locks: readonly HeldLock[] = [];
  try {
    const taken = await takeLocks(deps.app, deps.ledger, deps.places, entry.record.name, ['campaign']);
    if (!taken.ok) return { stays: wordsOf(entry, deps), locks };
    locks = taken.value;
    return { stays: await staying(entry, deps), locks };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { stays: wordsOf(entry, deps), locks };
  }
}

/** The campaign's lock is held: what a machine sent of it since it was entered is in the ledger. */
async function staying(entry: OwnEntry, deps: TakeBackDeps): Promise<readonly Problem[]> {
  const { record, runId, lastAttemptId } = entry;
  const { ledger, app } = deps;
  const { shared } = ledger;
  if (shared === null) return [];
  const { host, pid } = app.process;
  const isOwn = (await shared.entered()).some(
    (run) => run.campaignId === record.id && run.host === host && run.pid === pid,
  );
  if (isOwn) for (const by of new Set([null, runId])) await shared.leave(record.id, by);
  const last = await ledger.identity.lastAttempt(record.id);
  return (last?.attemptId ?? null) === lastAttemptId ? [] : wordsOf(entry, deps);
}

function wordsOf({ record: { name }, workspace }: OwnEntry, { app }: TakeBackDeps): readonly Problem[] {
  const status = typedCommand(['status', name], workspace, app);
  const pause = typedCommand(['pause', name], workspace, app);
  return [{ code: 'send.stays-entered', params: { name, status, pause } }];
}
