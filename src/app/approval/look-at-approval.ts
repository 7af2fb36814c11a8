import { type ApprovalStand, approvalStand, hadAHand } from '../../core/approvals.js';
import type { ApprovalRecord } from '../../core/ledger/approvals.js';
import type { CampaignKey } from '../../core/ledger/campaigns.js';
import type { Plan } from '../../core/plan.js';
import { ok, type Problem, type Result } from '../../core/problem.js';
import { recordedNow } from '../actions/record-action.js';
import type { App } from '../app.js';
import { readLedger, withLedger } from '../open-ledger.js';
import { digestAsShown, requirePlan } from '../plan/plan-digest.js';

/** What stands with the approval of a plan, as one person sees it. */
export interface ApprovalLook {
  /** The plan's digest as it was approved, else as it is. */
  readonly approvedDigest: string;
  readonly required: boolean;
  readonly stand: ApprovalStand;
  /** Whether the person had a hand in it, so that another one answers and sends. */
  readonly own: boolean;
  /** What was changed since it was asked for, where it is void. */
  readonly changed: readonly Problem[];
}

/** Looks at it; changes nothing. */
export async function lookAtApproval(
  campaign: CampaignKey,
  plan: Pick<Plan, 'digest' | 'digestWithoutText'>,
  app: App,
): Promise<Result<ApprovalLook>> {
  const none: ApprovalLook = {
    approvedDigest: plan.digest,
    required: false,
    stand: { kind: 'none' },
    own: false,
    changed: [],
  };
  return readLedger(app, none, async ({ approvals }) => {
    if (!(await approvals.isRequired())) return ok(none);
    const last = await approvals.last(campaign);
    // Who answers by now is shown the text, and would answer for none.
    const approvedDigest = last?.state === 'approved' ? digestAsShown(plan, last.planDigest) : plan.digest;
    const stand = approvalStand(last, approvedDigest);
    const preparers = await approvals.preparers(campaign);
    const own =
      stand.kind === 'none'
        ? preparers.includes(app.operator)
        : hadAHand(stand.approval, preparers, app.operator);
    const changed = stand.kind === 'void' ? requirePlan(stand.approval.planDigest, approvedDigest) : ok(null);
    return ok({ approvedDigest, required: true, stand, own, changed: changed.ok ? [] : changed.problems });
  });
}

/** One that waits for an answer. */
export interface OpenApproval {
  readonly approval: ApprovalRecord;
  /** The person who looks had a hand in it. */
  readonly own: boolean;
}

/** Those that wait for an answer, and whether this person may give it. */
export async function openApprovals(app: App): Promise<Result<readonly OpenApproval[]>> {
  return readLedger(app, [], async ({ approvals }) => {
    const open = await approvals.open();
    return ok(open.map((approval) => ({ approval, own: hadAHand(approval, [], app.operator) })));
  });
}

/** Whether campaigns of this ledger need a second person. */
export async function isApprovalRequired(app: App): Promise<Result<boolean>> {
  return readLedger(app, false, async ({ approvals }) => ok(await approvals.isRequired()));
}

/** Says whether they do; kept in the ledger, and in its log. */
export function requireApprovals(required: boolean, app: App): Promise<Result<null>> {
  return withLedger(app, 'create', async ({ approvals }) => {
    await approvals.setRequired(required, recordedNow(app));
    return ok(null);
  });
}
