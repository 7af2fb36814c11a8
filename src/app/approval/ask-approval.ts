import { resolve } from 'node:path';
import type { ApprovalAnswer, ApprovalRecord } from '../../core/ledger/approvals.js';
import { withMaskedPhones } from '../../core/masked-phones.js';
import { failed, type Result } from '../../core/problem.js';
import { recordedNow } from '../actions/record-action.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';
import { readPlanDigest } from '../plan/plan-digest.js';
import { trustedTargetOf } from '../target.js';

/** What somebody wants another person to look at. */
export interface ApprovalRequest {
  /** Folder or file of the campaign. */
  readonly campaign: string;
  /** Digest of the plan that was shown (`Plan.digest`). */
  readonly planDigest: string;
  /** How many would get it by that plan. */
  readonly people: number;
  /** For the other person; '': nothing. */
  readonly note: string;
}

/** Asks for the approval of what was shown; whoever asks has a hand in it. */
export async function askApproval(request: ApprovalRequest, app: App): Promise<Result<ApprovalRecord>> {
  const digest = readPlanDigest(request.planDigest);
  if (!digest.ok) return digest;
  const read = await app.campaignFiles.read(resolve(app.cwd, request.campaign));
  if (!read.ok) return read;
  const target = await trustedTargetOf(read.value.campaign, app);
  if (!target.ok) return target;
  const { workspace } = target.value;
  const { people } = request;
  const note = withMaskedPhones(request.note);
  const approval = { workspace, campaign: read.value.campaign.name, planDigest: digest.value, people, note };
  return withLedger(app, 'create', ({ approvals }) => approvals.ask(approval, recordedNow(app)));
}

/**
 * Answers one that is open.
 *
 * @param shown digest of the plan that the person looked at: an answer is about that, or it is none
 */
export async function answerApproval(
  id: number,
  answer: ApprovalAnswer,
  shown: string,
  app: App,
): Promise<Result<ApprovalRecord>> {
  return withLedger(app, 'existing', async ({ approvals }) => {
    const open = (await approvals.open()).find((one) => one.id === id);
    // What is looked at is another campaign than the one that is to be approved: it was changed without the page.
    if (open !== undefined && answer.state !== 'withdrawn' && open.planDigest !== shown)
      return failed({ code: 'approval.not-open' });
    const said = { ...answer, reason: withMaskedPhones(answer.reason) } as ApprovalAnswer;
    return approvals.answer(id, said, recordedNow(app));
  });
}
