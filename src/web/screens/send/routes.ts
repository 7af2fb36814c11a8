import type { CheckedApart } from '../../../app/apart/check-apart.js';
import { askLaunch } from '../../../app/launch/ask-launch.js';
import { type CampaignSeen, placeOf } from '../../../app/overview/campaign-seen.js';
import { digestAsShown } from '../../../app/plan/plan-digest.js';
import { html } from '../../../markup/markup.js';
import { type Answer, fragment, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { EMPTY, type Filled } from '../../views/fields.js';
import { formProblems } from '../../views/form-problems.js';
import { arrived } from '../../views/going-on.js';
import { deed, look, type Screen, type Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import { withCampaignOf } from '../campaign/shell.js';
import { approvalRoutes } from './approval/routes.js';
import { currentCheck, FORM_PATIENCE_MS } from './current-check.js';
import { readSend } from './read-send.js';
import { rehearse } from './rehearse.js';
import { SEND_FIELDS } from './send-form.js';
import { settingsRoutes } from './settings/routes.js';
import { showSend } from './show.js';
import { testRoutes } from './test/routes.js';

/** What is to be looked at before a campaign is sent; a test, a rehearsal; and sending it. */
export const send: Screen = {
  routes: [
    look(
      '/campaigns/:campaign/send',
      (visit) => withCampaignOf(visit, (seen) => showSend(visit, seen, { sending: EMPTY, testing: EMPTY })),
      'test',
    ),
    look(
      '/campaigns/:campaign/send/checking',
      (visit) => withCampaignOf(visit, (seen) => checking(visit, seen)),
      'test',
    ),
    deed('/campaigns/:campaign/send', 'send', (visit, form) =>
      withCampaignOf(visit, (seen) => sendIt(visit, seen, form)),
    ),
    deed('/campaigns/:campaign/send/rehearse', 'test', (visit) =>
      withCampaignOf(visit, (seen) => rehearse(visit, seen)),
    ),
    ...testRoutes,
    ...approvalRoutes,
    ...settingsRoutes,
  ],
};

/** The part that waits for the check. */
async function checking(visit: Visit, seen: CampaignSeen): Promise<Answer> {
  const check = await currentCheck(visit, seen);
  return fragment(
    check.kind === 'going'
      ? html`<p class="lead">${visit.translate('web.send.checking')}</p><p class="soft">${visit.translate('web.send.checking-since', { count: Math.round((visit.app.clock.now() - check.startedAt) / 1000) })}</p>`
      : arrived(),
  );
}

/** Enters the launch; the page after it is the same, whoever was first. */
async function sendIt(visit: Visit, seen: CampaignSeen, form: Form): Promise<Answer> {
  const again = (problems: Filled['problems']): Promise<Answer> =>
    showSend(visit, seen, { sending: { values: form, problems }, testing: EMPTY });
  const read = readSend(visit, form);
  if (read.kind === 'wrong') return again(read.problems);
  const changed = await changedSince(visit, seen, form.text(SEND_FIELDS.digest));
  if (changed !== null) return again([{ field: null, text: changed }]);
  const { app, background } = visit;
  const request = { ...read.request, campaign: placeOf(seen), sandbox: false, by: app.operator };
  const asked = await askLaunch(request, app);
  if (!asked.ok) return again(formProblems(visit, asked.problems));
  if (request.startAt === null) await background.startDue();
  const to = campaignPath(seen.key, 'live');
  // Who holds the campaign may be a run of a terminal, or somebody who looks in the provider's list and sends nothing.
  if (asked.value.kind === 'running') return redirect(to, { code: 'web.send.not-entered' });
  const { kind, launch } = asked.value;
  // Also who pressed it, and comes back to the form for another time.
  if (kind !== 'entered' && launch.endedAt === null && launch.startAt !== request.startAt)
    return redirect(to, { code: 'web.send.other-first', params: { by: launch.by } });
  const isNew = kind === 'entered' && request.startAt !== null;
  return redirect(to, isNew ? { code: 'web.send.scheduled', params: { at: request.startAt ?? 0 } } : null);
}

/**
 * What somebody looked at and what would be sent now differ: said here where that is known already. Else the run finds it
 * out, before anything is sent.
 */
async function changedSince(visit: Visit, seen: CampaignSeen, digest: string): Promise<string | null> {
  const check = await currentCheck(visit, seen, FORM_PATIENCE_MS);
  if (check.kind === 'going' || !check.result.ok) return null;
  const checked: CheckedApart = check.result.value;
  return digestAsShown(checked.plan, digest) === digest ? null : visit.translate('web.send.changed');
}
