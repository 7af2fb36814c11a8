import type { LaunchAhead } from '../../app/launch/launch-look.js';
import type { CampaignStatus } from '../../app/status/campaign-status.js';
import type { LookedAt } from '../../app/status/campaign-statuses.js';
import type { EnteredStatus, SharedStatus } from '../../app/status/shared-status.js';
import { adviceFor } from '../../core/advice.js';
import type { LockHolder } from '../../core/ledger/locks.js';
import type { Translate } from '../../core/problem.js';
import { type CampaignJson, haltedJson } from '../campaign-json.js';
import type { Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';

/** One campaign as `status --json` prints it: the fields of the contract first. */
export function statusJson(status: CampaignStatus, moved: unknown, { translate }: Cli): CampaignJson {
  const { record, counts, holder, senderHolder, lastRun, ratePerSecond, halt, waiting, reasons, unsettled } =
    status;
  return {
    campaign: record.name,
    counts,
    halted: haltedJson(halt, translate),
    skippedByReason: status.skippedByReason,
    workspace: record.workspace,
    template: record.template,
    file: record.file,
    running: holderJson(holder),
    senderBusy: holderJson(senderHolder),
    control: record.control,
    waiting:
      waiting === null
        ? null
        : { code: waiting.code, message: translate(waiting), until: moment(waiting.untilAt) },
    nextDueAt: status.nextDueAt === 0 ? null : moment(status.nextDueAt),
    capped: { count: status.capped.count, firstAllowedAt: moment(status.capped.firstAllowedAt) },
    ratePerSecond,
    silentSince: moment(status.silentSince),
    lastRun:
      lastRun === null
        ? null
        : {
            startedAt: moment(lastRun.startedAt),
            endedAt: moment(lastRun.endedAt),
            ratePerSecond: lastRun.ratePerSecond,
          },
    reasons: reasons.map((row) => ({
      ...row,
      advice: translate(adviceFor(row.status, row.reason, row.errorCode)),
    })),
    unsettled: unsettled.map((why) => ({ code: why.code, count: why.count, message: translate(why) })),
    evidence: status.evidence.map(({ kind, count, lastAt }) => ({ kind, count, lastAt: moment(lastAt) })),
    list:
      status.list === null
        ? null
        : { ...status.list, readAt: moment(status.list.readAt), dueAt: moment(status.list.dueAt) },
    ...(status.entered === null ? {} : { entered: enteredJson(status.entered, translate) }),
    launch: status.ahead === null ? null : launchJson(status.ahead),
    next: status.next,
    moved,
    exitCode: EXIT.done,
  };
}

/** Where the ledger was moved to, so that all of this is as it was then; null: it was not. */
export function movedJson(moved: LookedAt['moved'], translate: Translate): unknown {
  return moved && { code: moved.code, to: moved.params.to, message: translate(moved) };
}

/** What a ledger that machines share tells of them; nothing where one machine has it. */
export function sharedJson(shared: SharedStatus | null): Readonly<Record<string, unknown>> {
  if (shared === null) return {};
  return {
    machines: shared.machines.map(({ startedAt, seenAt, ...machine }) => ({
      ...machine,
      startedAt: moment(startedAt),
      seenAt: moment(seenAt),
    })),
    leases: shared.leases.map(({ since, until, ...lease }) => ({
      ...lease,
      since: moment(since),
      until: moment(until),
    })),
  };
}

/** A launch that has not begun, as `status --json` prints it. */
export function launchJson({ launch, stand, changedBy }: LaunchAhead): Readonly<Record<string, unknown>> {
  const { name: campaign, workspace, by, confirmed: people, startAt, askedAt } = launch;
  return {
    campaign,
    workspace,
    stand,
    by,
    people,
    startAt: moment(startAt),
    askedAt: moment(askedAt),
    changedBy,
  };
}

function holderJson(holder: LockHolder | null): unknown {
  return holder === null ? null : { ...holder, since: moment(holder.since) };
}

function enteredJson({ run, why }: EnteredStatus, translate: Translate): unknown {
  const { by, host, pid, enteredAt } = run;
  return { by, host, pid, at: moment(enteredAt), why: { code: why.code, message: translate(why) } };
}

function moment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
