import { editCampaign } from '../../../../app/actions/edit-campaign.js';
import type { CampaignSeen } from '../../../../app/overview/campaign-seen.js';
import type { CampaignSource } from '../../../../core/campaign-edits.js';
import { html } from '../../../../markup/markup.js';
import { type Answer, redirect } from '../../../http/answer.js';
import type { Form } from '../../../http/form.js';
import { missingPage, problemPage } from '../../../views/error-pages.js';
import { EMPTY, type Filled } from '../../../views/fields.js';
import { formProblems, slipsBeside } from '../../../views/form-problems.js';
import { deed, look, type Visit } from '../../../visit.js';
import { changeNote } from '../../campaign/notes.js';
import { campaignPath } from '../../campaign/paths.js';
import { campaignPage, withCampaignOf } from '../../campaign/shell.js';
import { editsIn, fieldOfProblem, settingProblems } from './edits.js';
import { settingsBody } from './view.js';

/** How a campaign is sent: how fast, when, how many first, how many at most. */
export const settingsRoutes = [
  look(
    '/campaigns/:campaign/send/settings',
    (visit) =>
      withCampaignOf(visit, (seen) => withSource(visit, seen, (source) => show(visit, seen, source, EMPTY))),
    'prepare',
  ),
  deed('/campaigns/:campaign/send/settings', 'prepare', (visit, form) =>
    withCampaignOf(visit, (seen) => withSource(visit, seen, (source) => save(visit, seen, source, form))),
  ),
];

/** A campaign that lies in no folder here has no file to change. */
async function withSource(
  visit: Visit,
  { folder }: CampaignSeen,
  answer: (source: CampaignSource) => Promise<Answer>,
): Promise<Answer> {
  if (folder === null) return missingPage(visit);
  const source = await visit.app.campaignFiles.source(folder);
  return source.ok ? answer(source.value) : problemPage(visit, source.problems);
}

async function show(
  visit: Visit,
  seen: CampaignSeen,
  source: CampaignSource,
  filled: Filled,
): Promise<Answer> {
  return campaignPage(visit, seen, 'send', {
    title: visit.translate('web.settings.title'),
    body: html`${await changeNote(visit, seen)}${settingsBody(visit, seen.key, source, filled)}`,
    problems: filled.problems,
  });
}

async function save(visit: Visit, seen: CampaignSeen, source: CampaignSource, form: Form): Promise<Answer> {
  const shown = form.text('file_digest');
  const slips = settingProblems(visit, form);
  if (slips.length > 0) {
    const problems = slipsBeside(visit, slips, shown, source);
    return show(visit, seen, source, { values: form, problems });
  }
  const edited = await editCampaign(source.file, editsIn(form), shown, visit.app);
  if (edited.ok) return redirect(campaignPath(seen.key, 'send'), { code: 'web.settings.saved' });
  const told = formProblems(visit, edited.problems, fieldOfProblem);
  return show(visit, seen, source, { values: form, problems: told });
}
