import { answerApproval, askApproval } from '../../../../app/approval/ask-approval.js';
import { type CampaignSeen, placeOf } from '../../../../app/overview/campaign-seen.js';
import type { ApprovalAnswer } from '../../../../core/ledger/approvals.js';
import { type Answer, redirect } from '../../../http/answer.js';
import type { Form } from '../../../http/form.js';
import { EMPTY, type Filled } from '../../../views/fields.js';
import { formProblems } from '../../../views/form-problems.js';
import { deed, type Visit } from '../../../visit.js';
import { campaignPath } from '../../campaign/paths.js';
import { withCampaignOf } from '../../campaign/shell.js';
import { showSend } from '../show.js';
import { APPROVAL_FIELDS } from './view.js';

/** Longer words are cut: they are read beside a button. */
const MOST_CHARACTERS = 1_000;

/** Asking for approval, answering, and taking it back. */
export const approvalRoutes = [
  deed('/campaigns/:campaign/send/approval', 'test', (visit, form) =>
    withCampaignOf(visit, (seen) => ask(visit, seen, form)),
  ),
  deed('/campaigns/:campaign/send/approval/answer', 'approve', (visit, form) =>
    withCampaignOf(visit, (seen) => answer(visit, seen, form)),
  ),
  deed('/campaigns/:campaign/send/approval/withdraw', 'test', (visit, form) =>
    withCampaignOf(visit, (seen) =>
      answered(visit, seen, form, { state: 'withdrawn', reason: '' }, 'web.approval.withdrawn'),
    ),
  ),
];

async function ask(visit: Visit, seen: CampaignSeen, form: Form): Promise<Answer> {
  const people = Number(form.text(APPROVAL_FIELDS.count));
  const request = {
    campaign: placeOf(seen),
    planDigest: form.text(APPROVAL_FIELDS.digest),
    people: Number.isSafeInteger(people) && people > 0 ? people : 0,
    note: form.text(APPROVAL_FIELDS.note).slice(0, MOST_CHARACTERS),
  };
  const asked = await askApproval(request, visit.app);
  if (!asked.ok) return again(visit, seen, form, formProblems(visit, asked.problems));
  return redirect(campaignPath(seen.key, 'send'), { code: 'web.approval.asked-done' });
}

function answer(visit: Visit, seen: CampaignSeen, form: Form): Promise<Answer> {
  if (form.text(APPROVAL_FIELDS.answer) === 'approved')
    return answered(visit, seen, form, { state: 'approved', reason: '' }, 'web.approval.approved-done');
  const reason = form.text(APPROVAL_FIELDS.reason).slice(0, MOST_CHARACTERS);
  if (reason === '') {
    const text = visit.translate('web.approval.reason-missing');
    return again(visit, seen, form, [{ field: APPROVAL_FIELDS.reason, text }]);
  }
  return answered(visit, seen, form, { state: 'returned', reason }, 'web.approval.returned-done');
}

async function answered(
  visit: Visit,
  seen: CampaignSeen,
  form: Form,
  said: ApprovalAnswer,
  code: 'web.approval.approved-done' | 'web.approval.returned-done' | 'web.approval.withdrawn',
): Promise<Answer> {
  const id = Number(form.text(APPROVAL_FIELDS.id));
  const done = await answerApproval(id, said, form.text(APPROVAL_FIELDS.digest), visit.app);
  if (!done.ok) return again(visit, seen, form, formProblems(visit, done.problems));
  return redirect(campaignPath(seen.key, 'send'), { code });
}

function again(visit: Visit, seen: CampaignSeen, form: Form, problems: Filled['problems']): Promise<Answer> {
  return showSend(visit, seen, { sending: EMPTY, testing: EMPTY, approving: { values: form, problems } });
}
