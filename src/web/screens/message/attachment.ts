import { openMessage } from '../../../app/message/open-message.js';
import { saveAttachment } from '../../../app/message/save-message.js';
import { variableSource } from '../../../core/variable-source.js';
import { html } from '../../../markup/markup.js';
import { type Answer, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { button, EMPTY, type Filled, form, hidden } from '../../views/fields.js';
import { type FormProblem, formProblems, slipsBeside } from '../../views/form-problems.js';
import { actions } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { brokenFile } from '../campaign/notes.js';
import { campaignPath, messagePath } from '../campaign/paths.js';
import { questionPage, questionRoutes } from '../campaign/question.js';
import type { CampaignHere } from '../campaign/shell.js';
import { chosenSource, sourceField } from './source-field.js';
import { columnsOf } from './view.js';

/** What stands above the text: a picture or a document, at an address that everybody can reach. */
export const attachmentRoutes = questionRoutes('message/attachment', show, save);

async function show(visit: Visit, seen: CampaignHere, filled: Filled): Promise<Answer> {
  const { translate } = visit;
  const title = translate('web.attachment.question');
  const opened = await openMessage(seen.folder, visit.app);
  if (!opened.ok)
    return questionPage(visit, seen, 'message', { title, body: brokenFile(visit, opened.problems) });
  const list = columnsOf(opened.value);
  const { attachment } = opened.value.read.campaign;
  const field = (name: 'url' | 'name') => {
    const source = attachment === null ? null : variableSource(attachment[name], list.columns);
    const label = translate(name === 'url' ? 'web.attachment.url' : 'web.attachment.name');
    return html`<fieldset class="variable"><legend>${label}</legend>${sourceField(visit, { name, source, list }, filled)}</fieldset>`;
  };
  const remove =
    attachment === null
      ? null
      : button(translate('web.attachment.remove'), { kind: 'secondary', name: 'remove' });
  const fields = html`${hidden('digest', opened.value.source.digest)}${field('url')}${field('name')}${actions(button(translate('web.save')), remove)}`;
  const body = html`<p>${translate('web.attachment.why')}</p>${form(visit, { action: messagePath(seen.key, 'attachment') }, fields)}`;
  return questionPage(visit, seen, 'message', { title, body, problems: filled.problems });
}

async function save(visit: Visit, seen: CampaignHere, given: Form): Promise<Answer> {
  const { app, translate } = visit;
  const opened = await openMessage(seen.folder, app);
  if (!opened.ok) return show(visit, seen, EMPTY);
  const { columns } = columnsOf(opened.value);
  const url = chosenSource(given, 'url', columns);
  const name = chosenSource(given, 'name', columns);
  const isRemoved = given.flag('remove');
  if (!isRemoved && (!('source' in url) || !('source' in name))) {
    const slips = [
      ...('source' in url ? [] : [wrong('url', url.wrong, translate('web.attachment.choose-url'))]),
      ...('source' in name ? [] : [wrong('name', name.wrong, translate('web.attachment.choose-name'))]),
    ];
    const problems = slipsBeside(visit, slips, given.text('digest'), opened.value.source);
    return show(visit, seen, { values: given, problems });
  }
  const chosen =
    !isRemoved && 'source' in url && 'source' in name ? { url: url.source, name: name.source } : null;
  const saved = await saveAttachment(opened.value, chosen, given.text('digest'), app);
  if (saved.ok) return redirect(campaignPath(seen.key, 'message'), { code: 'web.saved' });
  return show(visit, seen, {
    values: given,
    problems: formProblems(visit, saved.problems, () => 'url.text'),
  });
}

function wrong(field: string, part: string, text: string): FormProblem {
  return { field: `${field}.${part}`, text };
}
