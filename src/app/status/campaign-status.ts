import type { SettlePolicy } from '../../core/absence.js';
import { haltThatHolds } from '../../core/campaign-needs.js';
import type { Counts } from '../../core/counts.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { LockHolder } from '../../core/ledger/locks.js';
import type { RunRecord } from '../../core/ledger/runs.js';
import type { CappedPeople, CountedReason, EvidenceCount, StatusReads } from '../../core/ledger/status.js';
import type { Wait } from '../../core/ports.js';
import { type Halt, ok, type Result } from '../../core/problem.js';
import type { ReasonCount } from '../../core/report-data.js';
import { type SilenceFacts, silentSince } from '../../core/silence.js';
import { LEDGER_BUSY } from '../../run/busy-ledger.js';
import type { App } from '../app.js';
import { isLaunchOf, type LaunchAhead } from '../launch/launch-look.js';
import { lockHolder, lockPlaces, stateDirOf } from '../locks.js';
import { isSending } from '../overview/standing.js';
import { typedCommand } from '../typed-command.js';
import { senderOf } from '../workspace.js';
import { type ListLook, listLook } from './list-look.js';
import { nextCommand } from './next-command.js';
import { type EnteredStatus, enteredStatus, type SharedStatus } from './shared-status.js';

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
  /** Since when a run that goes on has sent nothing although messages are due; null: it sends, or is too young to tell. */
  readonly silentSince: number | null;
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
  /** How far accepted people were looked for in the provider's list; null: nobody is accepted. */
  readonly list: ListLook | null;
  /** The run of it that stands in a shared ledger; null: there is none. */
  readonly entered: EnteredStatus | null;
  /** What somebody asked for on the page and has not begun; null: nothing. */
  readonly ahead: LaunchAhead | null;
  /** The command that takes it up again; null: nobody paused or canceled it. */
  readonly resume: string | null;
  /** The command to type next, or null when there is nothing to do. */
  readonly next: string | null;
}

/** What the campaigns of one look have in common. */
export interface StatusLook {
  readonly policies: { of(record: CampaignRecord): Promise<UncertainPolicy> };
  /** What machines do with the ledger; null: one machine has it. */
  readonly shared: SharedStatus | null;
  readonly launches: readonly LaunchAhead[];
  readonly at: number;
}

/** What the campaign file says about settling, as `whatWouldSettle` takes it. */
export type UncertainPolicy = SettlePolicy & { readonly resend: 'no' | 'never' };

/** Who writes for longer keeps a run waiting. */
const LONGER_THAN_COMMITS_MS = 700;

/** Reads what the ledger and the locks tell about a campaign at `at`; a run that goes on is not disturbed. */
export async function campaignStatus(
  ledger: Ledger,
  record: CampaignRecord,
  { policies, shared, launches, at }: StatusLook,
  app: App,
): Promise<Result<CampaignStatus>> {
  const sender = senderOf(record.baseUrl, record.workspace);
  const stateDir = stateDirOf(app, record.workspace);
  if (!stateDir.ok) return stateDir;
  const places = lockPlaces(app.besideLedger, stateDir.value, record, sender);
  const { campaigns, status } = ledger;
  const holder = await lockHolder(app, ledger, places, 'campaign');
  // Beside a run that goes on, only who shares the ledger asks.
  const senderHolder =
    holder === null || shared !== null ? await lockHolder(app, ledger, places, 'sender') : null;
  const counts = await campaigns.counts(record.id);
  const lastRun = await status.lastRun(record.id);
  const reasons = await status.unreachedReasons(record.id);
  const running = holder !== null;
  const sending = isSending({ holder, lastRun });
  const ahead = launches.find(({ launch }) => isLaunchOf(launch, record)) ?? null;
  const nextDueAt = await status.nextDueAt(record.id);
  const owes = counts.pending + counts.sending > 0;
  const beginsByItself = ahead !== null && owes && !running && record.control === 'go';
  return ok({
    record,
    counts,
    skippedByReason: await campaigns.skippedByReason(record.id),
    holder,
    senderHolder: holder === null ? senderHolder : null,
    lastRun,
    ratePerSecond: lastRun !== null && sending ? await status.recentRatePerSecond(lastRun.id, at) : null,
    silentSince:
      lastRun !== null && sending
        ? await silenceOf(lastRun, { nextDueAt, waiting: record.waiting }, status, at)
        : null,
    halt: haltThatHolds(record),
    waiting:
      holder === null
        ? null
        : (await ledger.isHeld(LONGER_THAN_COMMITS_MS))
          ? LEDGER_BUSY
          : sending
            ? record.waiting
            : null,
    nextDueAt,
    capped: await status.capped(record.id, at),
    reasons,
    unsettled:
      counts.uncertain === 0
        ? []
        : await status.whatWouldSettle(record.id, await policies.of(record), app.readClocks()),
    evidence: await status.evidence(record.id),
    list: counts.accepted === 0 ? null : await listLook(record, counts, { status, policies, app }),
    entered:
      shared === null ? null : enteredStatus(record, shared, { campaign: holder, sender: senderHolder }),
    ahead,
    resume: record.control === 'go' ? null : typedCommand(['resume', record.name], record.workspace, app),
    next: beginsByItself
      ? null
      : nextCommand({ record, counts, running, notNowForMs: notNowForMs(reasons, lastRun, at) }, app),
  });
}

async function silenceOf(
  { id, startedAt, ratePerSecond }: RunRecord,
  facts: Pick<SilenceFacts, 'nextDueAt' | 'waiting'>,
  status: Pick<StatusReads, 'lastAttemptAt'>,
  at: number,
): Promise<number | null> {
  const lastAt = (await status.lastAttemptAt(id)) ?? startedAt;
  return silentSince({ ...facts, lastAt, ratePerSecond }, at);
}

/** Time since the run that may have met "not now" last. */
function notNowForMs(reasons: readonly ReasonCount[], lastRun: RunRecord | null, at: number): number | null {
  const met = reasons.some(({ errorCode }) => errorCode === '131049');
  return met && lastRun !== null ? at - (lastRun.endedAt ?? lastRun.startedAt) : null;
}
