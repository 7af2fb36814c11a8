import { type MessageSeen, openMessage } from '../../../app/message/open-message.js';
import { type ChosenVariable, saveVariables } from '../../../app/message/save-message.js';
import type { Problem } from '../../../core/problem.js';
import { html } from '../../../markup/markup.js';
import { type Answer, fragment, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { EMPTY, type Filled } from '../../views/fields.js';
import { type FormProblem, formProblems } from '../../views/form-problems.js';
import { deed, look, type Screen, type Visit } from '../../visit.js';
import { brokenFile, changeNote } from '../campaign/notes.js';
import { campaignPath } from '../campaign/paths.js';
import { type CampaignHere, campaignPage, withFolderOf } from '../campaign/shell.js';
import { attachmentRoutes } from './attachment.js';
import { previewPart } from './preview.js';
import { chosenSource } from './source-field.js';
import { templateRoutes } from './template.js';
import { textRoutes } from './text.js';
import { columnsOf, messageBody } from './view.js';

/** The message of a campaign: its template, what fills it, and how it looks for any row. */
export const message: Screen = {
  routes: [
    look('/campaigns/:campaign/message', (visit) => withFolderOf(visit, (seen) => show(visit, seen, EMPTY))),
    look('/campaigns/:campaign/message/preview', (visit) =>
      withFolderOf(visit, (seen) => preview(visit, seen)),
    ),
    deed('/campaigns/:campaign/message', 'prepare', (visit, form) =>
      withFolderOf(visit, (seen) => save(visit, seen, form)),
    ),
    ...templateRoutes,
    ...textRoutes,
    ...attachmentRoutes,
  ],
};

async function show(visit: Visit, seen: CampaignHere, filled: Filled): Promise<Answer> {
  const title = visit.translate('web.tab.message');
  const opened = await openMessage(seen.folder, visit.app);
  if (!opened.ok)
    return campaignPage(visit, seen, 'message', { title, body: brokenFile(visit, opened.problems) });
  const shown = await previewPart(visit, seen, opened.value);
  const body = html`${await changeNote(visit, seen)}${messageBody(visit, seen.key, opened.value, shown, filled)}`;
  return campaignPage(visit, seen, 'message', { title, body, problems: filled.problems });
}

async function preview(visit: Visit, seen: CampaignHere): Promise<Answer> {
  const opened = await openMessage(seen.folder, visit.app);
  return fragment(
    opened.ok ? await previewPart(visit, seen, opened.value) : brokenFile(visit, opened.problems),
  );
}

async function save(visit: Visit, seen: CampaignHere, form: Form): Promise<Answer> {
  const opened = await openMessage(seen.folder, visit.app);
  if (!opened.ok) return show(visit, seen, EMPTY);
  const { chosen, problems } = chosenIn(visit, opened.value, form);
  if (problems.length > 0) return show(visit, seen, { values: form, problems });
  const saved = await saveVariables(opened.value, chosen, form.text('digest'), visit.app);
  if (saved.ok) return redirect(campaignPath(seen.key, 'message'), { code: 'web.saved' });
  const told = formProblems(visit, saved.problems.map(withoutPlace), (problem) =>
    fieldOf(problem, opened.value),
  );
  return show(visit, seen, { values: form, problems: told });
}

/** The text was never written: its line tells nobody anything. */
function withoutPlace({ at: _, ...problem }: Problem): Problem {
  return problem as Problem;
}

/** A formula that Liquid does not take names its variable. */
function fieldOf({ params }: Problem, { variables }: MessageSeen): string | null {
  const key = params !== undefined && 'key' in params ? params.key : null;
  const at = variables.findIndex(({ place, name }) => `${place}.${name}` === key);
  return at === -1 ? null : `v${at}.text`;
}

/** What the form chose for each variable that the template has now. */
function chosenIn(
  { translate }: Visit,
  seen: MessageSeen,
  form: Form,
): { readonly chosen: readonly ChosenVariable[]; readonly problems: readonly FormProblem[] } {
  const { columns } = columnsOf(seen);
  const problems: FormProblem[] = [];
  const chosen = seen.variables.flatMap(({ place, name }, at): readonly ChosenVariable[] => {
    // A template that somebody changed meanwhile has other variables: then the form is shown again.
    if (form.verbatim(`v${at}.name`) !== `${place}.${name}`) {
      problems.push({ field: null, text: translate('campaign.edited-meanwhile') });
      return [];
    }
    const found = chosenSource(form, `v${at}`, columns);
    if ('source' in found) return [{ place, name, source: found.source }];
    problems.push({ field: `v${at}.${found.wrong}`, text: translate(found.code, { name: `{{${name}}}` }) });
    return [];
  });
  return { chosen, problems };
}
