import { approvalStand, sendRefusal } from '../../core/approvals.js';
import type { CampaignKey } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { requirePlan } from '../plan/plan-digest.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';

/**
 * Whether this plan may be sent by who works here: where the ledger asks for approval, another person has approved this very
 * plan, and who sends had no hand in it. What goes to the sandbox is not held up.
 */
export async function requireApproved(
  { approvals }: Pick<Ledger, 'approvals'>,
  { workspace, name }: CampaignKey,
  planDigest: string,
  { operator }: Pick<App, 'operator'>,
): Promise<Result<null>> {
  if (workspace === SANDBOX_WORKSPACE || !(await approvals.isRequired())) return ok(null);
  const stand = approvalStand(await approvals.last({ workspace, name }), planDigest);
  const refusal = sendRefusal(stand, await approvals.preparers({ workspace, name }), operator);
  if (refusal === null) return ok(null);
  const changed = stand.kind === 'void' ? requirePlan(stand.approval.planDigest, planDigest) : ok(null);
  return failed(refusal, ...(changed.ok ? [] : changed.problems));
}

/** The same, before the rows are read: whether the newest approval stands, whatever plan it is about. */
export async function foretellApproval(
  ledger: Pick<Ledger, 'approvals'>,
  campaign: CampaignKey,
  app: Pick<App, 'operator'>,
): Promise<Result<null>> {
  const last = await ledger.approvals.last(campaign);
  return requireApproved(ledger, campaign, last?.planDigest ?? '', app);
}
