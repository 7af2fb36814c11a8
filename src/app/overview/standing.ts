import type { Counts } from '../../core/counts.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { LockHolder } from '../../core/ledger/locks.js';
import type { RunRecord } from '../../core/ledger/runs.js';
import { ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { lockHolder, lockPlaces, stateDirOf } from '../locks.js';
import { SANDBOX_WORKSPACE, senderOf } from '../workspace.js';

/** How a campaign of the ledger stands, in as much as a list of campaigns tells. */
export interface Standing {
  readonly record: CampaignRecord;
  /** It was sent to the sandbox. */
  readonly sandbox: boolean;
  readonly counts: Counts;
  /** Of those that are skipped, the rows that repeat a person. */
  readonly repeated: number;
  /** Who works on it now, or null. */
  readonly holder: LockHolder | null;
  readonly lastRun: RunRecord | null;
  /** Requests per second lately, of a run that goes on; else null. */
  readonly ratePerSecond: number | null;
}

/** Whom a run left in flight that is gone: whether they got it, nobody knows until the provider's list was read. */
export function leftInFlight({ counts, holder }: Pick<Standing, 'counts' | 'holder'>): number {
  return holder === null ? counts.sending : 0;
}

/** A clock is set right by less than this between the lock and the run, as when it follows the database's. */
const SET_BACK_MS = 1_000;

/**
 * Whether the run that began last goes on. Who works on a campaign besides reads its list, asks a person, or looks up what
 * became of messages: nothing goes out then.
 */
export function isSending({ holder, lastRun }: Pick<Standing, 'holder' | 'lastRun'>): boolean {
  if (holder === null || lastRun === null || lastRun.endedAt !== null) return false;
  // In a container that was started again a later process has the number, and the host's name, of the one that died.
  const isOfHolder = lastRun.pid === holder.pid && lastRun.host === holder.host;
  return isOfHolder && lastRun.startedAt > holder.since - SET_BACK_MS;
}

/** Reads how a campaign stands; a run that goes on is not disturbed. */
export async function standingOf(
  { campaigns, status, sharedLocks }: Pick<Ledger, 'campaigns' | 'status' | 'sharedLocks'>,
  record: CampaignRecord,
  app: App,
): Promise<Result<Standing>> {
  const stateDir = stateDirOf(app, record.workspace);
  if (!stateDir.ok) return stateDir;
  const places = lockPlaces(
    app.besideLedger,
    stateDir.value,
    record,
    senderOf(record.baseUrl, record.workspace),
  );
  const holder = await lockHolder(app, { sharedLocks }, places, 'campaign');
  const lastRun = await status.lastRun(record.id);
  return ok({
    record,
    sandbox: record.workspace === SANDBOX_WORKSPACE,
    counts: await campaigns.counts(record.id),
    repeated: await status.repeatedRows(record.id),
    holder,
    lastRun,
    ratePerSecond:
      lastRun !== null && isSending({ holder, lastRun })
        ? await status.recentRatePerSecond(lastRun.id, app.clock.now())
        : null,
  });
}
