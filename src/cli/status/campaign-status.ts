import type { Counts } from '../../core/counts.js';
import type { Halt } from '../../core/halt.js';
import type { Wait } from '../../core/ports.js';
import type { ReasonCount } from '../../core/report-data.js';
import type { CampaignRecord } from '../../ledger/campaign-records.js';
import { countDeliveries } from '../../ledger/counts.js';
import { type LockHolder, lockHolder } from '../../ledger/lock.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import { nextDueAt, topReasons } from '../../ledger/status-facts.js';
import { listRuns, type RunRecord } from '../../ledger/runs.js';
import type { Cli } from '../command.js';
import { lockPlaces } from '../send/locks.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';

/** Everything that `status` says about one campaign. */
export interface CampaignStatus {
  readonly record: CampaignRecord;
  readonly counts: Counts;
  /** Who works on it now, or null. */
  readonly holder: LockHolder | null;
  readonly lastRun: RunRecord | null;
  readonly halt: Halt | null;
  readonly waiting: Wait | null;
  /** Moment at which the next pending one may go out, or null. */
  readonly nextDueAt: number | null;
  readonly reasons: readonly ReasonCount[];
  /** The command to type next, or null when there is nothing to do. */
  readonly next: string | null;
}

/** Reads what the ledger and the lock tell about a campaign; a run that goes on is not disturbed. */
export function campaignStatus(db: LedgerDatabase, record: CampaignRecord, cli: Cli): CampaignStatus {
  const places = lockPlaces(cli.ledgerFile, cli.environment.stateDir, record, '');
  const holder = lockHolder(places.campaign);
  const counts = countDeliveries(db, record.id);
  const [lastRun = null] = listRuns(db, record.id, 1);
  return {
    record,
    counts,
    holder,
    lastRun,
    halt: record.halt,
    waiting: holder === null ? null : record.waiting,
    nextDueAt: nextDueAt(db, record.id),
    reasons: topReasons(db, record.id),
    next: nextCommand(record, counts, holder !== null),
  };
}

function nextCommand(record: CampaignRecord, counts: Counts, running: boolean): string | null {
  const { name, workspace, file, control } = record;
  const option = workspace === SANDBOX_WORKSPACE ? ' --sandbox' : '';
  if (control === 'paused') return `plazcast resume ${name}`;
  if (running) return `plazcast status ${name} --watch`;
  if (counts.sending > 0 || counts.pending > 0) return `plazcast send ${quoted(file)}${option}`;
  if (counts.uncertain > 0) return `plazcast reconcile ${name}${option}`;
  if (counts.refused + counts.exhausted > 0) return `plazcast retry ${name}${option}`;
  return counts.recipients > 0 ? `plazcast report ${name} --format html` : null;
}

function quoted(path: string): string {
  return /\s/u.test(path) ? `"${path}"` : path;
}
