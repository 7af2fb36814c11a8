import type { SettlePolicy } from '../../core/absence.js';
import type { Counts } from '../../core/counts.js';
import type { Halt } from '../../core/halt.js';
import type { Wait } from '../../core/ports.js';
import type { ReasonCount } from '../../core/report-data.js';
import type { CampaignRecord } from '../../ledger/campaign-records.js';
import { countDeliveries } from '../../ledger/counts.js';
import { isHeld } from '../../ledger/held-ledger.js';
import { type LockHolder, lockHolder } from '../../ledger/lock.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import { skippedByReason } from '../../ledger/plan-facts.js';
import { listRuns, type RunRecord } from '../../ledger/runs.js';
import {
  type CappedPeople,
  cappedPeople,
  type EvidenceCount,
  evidenceCounts,
  nextDueAt,
  recentRatePerSecond,
  topReasons,
} from '../../ledger/status-facts.js';
import { type CountedReason, whatWouldSettle } from '../../ledger/unsettled.js';
import { LEDGER_BUSY } from '../../run/busy-ledger.js';
import type { Cli } from '../command.js';
import { readClocks } from '../machine-clocks.js';
import { lockPlaces } from '../send/locks.js';
import { stateDirOf } from '../state-dir.js';
import { senderOf } from '../workspace.js';
import { nextCommand } from './next-command.js';

/** Everything that `status` says about one campaign. */
export interface CampaignStatus {
  readonly record: CampaignRecord;
  readonly counts: Counts;
  /** Why people are skipped, and how many. */
  readonly skippedByReason: Readonly<Record<string, number>>;
  /** Who works on it now, or null. */
  readonly holder: LockHolder | null;
  /** Who sends another campaign for the same workspace, so that this one cannot start; or null. */
  readonly senderHolder: LockHolder | null;
  readonly lastRun: RunRecord | null;
  /** Requests per second lately, of a run that goes on; else null. */
  readonly ratePerSecond: number | null;
  readonly halt: Halt | null;
  readonly waiting: Wait | null;
  /** Moment at which the next pending one may go out, or null. */
  readonly nextDueAt: number | null;
  /** Who is held back by `limits.perRecipient`. */
  readonly capped: CappedPeople;
  /** Why people were refused, given up or left uncertain; most frequent first. */
  readonly reasons: readonly ReasonCount[];
  /** What would settle the uncertain ones. */
  readonly unsettled: readonly CountedReason[];
  /** What settled uncertain ones so far, by kind of evidence. */
  readonly evidence: readonly EvidenceCount[];
  /** The command to type next, or null when there is nothing to do. */
  readonly next: string | null;
}

/** What the campaign file says about settling, as `whatWouldSettle` takes it. */
export type UncertainPolicy = SettlePolicy & { readonly resend: 'no' | 'never' };

/** Who writes for longer keeps a run waiting. */
const LONGER_THAN_COMMITS_MS = 700;

/** Reads what the ledger and the locks tell about a campaign at `at`; a run that goes on is not disturbed. */
export async function campaignStatus(
  db: LedgerDatabase,
  record: CampaignRecord,
  policies: { of(record: CampaignRecord): Promise<UncertainPolicy> },
  at: number,
  cli: Cli,
): Promise<CampaignStatus> {
  const sender = senderOf(record.baseUrl, record.workspace);
  const places = lockPlaces(cli.ledgerFile, stateDirOf(cli, record.workspace), record, sender);
  const holder = lockHolder(places.campaign);
  const counts = countDeliveries(db, record.id);
  const [lastRun = null] = listRuns(db, record.id, 1);
  const reasons = topReasons(db, record.id);
  const running = holder !== null;
  return {
    record,
    counts,
    skippedByReason: skippedByReason(db, record.id),
    holder,
    senderHolder: holder === null ? lockHolder(places.sender) : null,
    lastRun,
    ratePerSecond: holder === null || lastRun === null ? null : recentRatePerSecond(db, lastRun.id, at),
    halt: record.halt,
    waiting:
      holder === null ? null : isHeld(cli.ledgerFile, LONGER_THAN_COMMITS_MS) ? LEDGER_BUSY : record.waiting,
    nextDueAt: nextDueAt(db, record.id),
    capped: cappedPeople(db, record.id, at),
    reasons,
    unsettled:
      counts.uncertain === 0 ? [] : whatWouldSettle(db, record.id, await policies.of(record), readClocks()),
    evidence: evidenceCounts(db, record.id),
    next: nextCommand({ record, counts, running, notNowForMs: notNowForMs(reasons, lastRun, at) }, cli),
  };
}

/** Time since the run that may have met "not now" last. */
function notNowForMs(reasons: readonly ReasonCount[], lastRun: RunRecord | null, at: number): number | null {
  const met = reasons.some(({ errorCode }) => errorCode === '131049');
  return met && lastRun !== null ? at - (lastRun.endedAt ?? lastRun.startedAt) : null;
}
