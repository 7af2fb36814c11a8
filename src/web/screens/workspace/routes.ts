import { isApprovalRequired, requireApprovals } from '../../../app/approval/look-at-approval.js';
import { type Answer, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { problemPage } from '../../views/error-pages.js';
import { page } from '../../views/layout.js';
import { deed, look, type Screen, type Visit } from '../../visit.js';
import { addressBody, workspaceBody } from './view.js';

/** What belongs to no campaign: connection, files, settings. */
export const workspace: Screen = {
  routes: [
    look('/workspace', firstPage),
    deed('/workspace/address', 'administer', address),
    deed('/workspace/approval', 'administer', approval),
  ],
};

async function firstPage(visit: Visit): Promise<Answer> {
  const title = visit.translate('web.workspace.title');
  const required = await isApprovalRequired(visit.app);
  if (!required.ok) return problemPage(visit, required.problems, 503);
  return page(visit, { title, place: 'workspace', body: workspaceBody(visit, required.value) });
}

/** Whether a second person has to approve what is sent. Without users there is no second person. */
async function approval(visit: Visit, form: Form): Promise<Answer> {
  const required = form.text('approval') === 'required';
  if (required && visit.session.user === null)
    return problemPage(visit, [{ code: 'web.approval.needs-users' }], 422);
  const done = await requireApprovals(required, visit.app);
  if (!done.ok) return problemPage(visit, done.problems, 503);
  return redirect('/workspace', { code: required ? 'web.approval.is-required' : 'web.approval.is-off' });
}

/** A second browser is let in by the first. */
async function address(visit: Visit): Promise<Answer> {
  const title = visit.translate('web.workspace.address');
  const body = addressBody(visit, visit.newAddress());
  return page(visit, { title, place: 'workspace', body });
}
