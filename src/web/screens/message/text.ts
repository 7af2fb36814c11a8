import { openMessage } from '../../../app/message/open-message.js';
import { saveTemplate } from '../../../app/message/save-message.js';
import type { TemplateText } from '../../../core/template.js';
import { html } from '../../../markup/markup.js';
import { type Answer, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { button, EMPTY, type Filled, form, hidden, textArea, textField } from '../../views/fields.js';
import { formProblems, slipsBeside } from '../../views/form-problems.js';
import { actions } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { brokenFile } from '../campaign/notes.js';
import { campaignPath, messagePath } from '../campaign/paths.js';
import { questionPage, questionRoutes } from '../campaign/question.js';
import type { CampaignHere } from '../campaign/shell.js';

/** The approved text, pasted by who has it: for previews and checks, and never sent. */
export const textRoutes = questionRoutes('message/text', show, save);

async function show(visit: Visit, seen: CampaignHere, filled: Filled): Promise<Answer> {
  const { translate } = visit;
  const title = translate('web.text.question');
  const opened = await openMessage(seen.folder, visit.app);
  if (!opened.ok)
    return questionPage(visit, seen, 'message', { title, body: brokenFile(visit, opened.problems) });
  const { source, template } = opened.value;
  const text = template.text;
  const header = {
    name: 'header',
    label: translate('web.text.header'),
    hint: translate('web.text.optional'),
    value: text?.header ?? '',
  };
  const body = {
    name: 'body',
    label: translate('web.text.body'),
    hint: translate('web.text.body-hint'),
    value: text?.body ?? '',
    rows: 7,
  };
  const footer = {
    name: 'footer',
    label: translate('web.text.footer'),
    hint: translate('web.text.optional'),
    value: text?.footer ?? '',
  };
  const buttons = {
    name: 'buttons',
    label: translate('web.text.buttons'),
    hint: translate('web.text.buttons-hint'),
    value: text?.buttons.join('\n') ?? '',
    rows: 3,
  };
  const clear =
    template.source === 'campaign'
      ? button(translate('web.text.clear'), { kind: 'secondary', name: 'clear' })
      : null;
  const fields = html`${hidden('digest', source.digest)}${textField(header, filled)}${textArea(body, filled)}${textField(footer, filled)}${textArea(buttons, filled)}${actions(button(translate('web.save')), clear)}`;
  const copy = template.source === 'provider' ? html`<p>${translate('web.text.copy')}</p>` : null;
  const page = html`<p>${translate('web.text.why')}</p>${copy}${form(visit, { action: messagePath(seen.key, 'text') }, fields)}`;
  return questionPage(visit, seen, 'message', { title, body: page, problems: filled.problems });
}

async function save(visit: Visit, seen: CampaignHere, given: Form): Promise<Answer> {
  const { app, translate } = visit;
  const opened = await openMessage(seen.folder, app);
  if (!opened.ok) return show(visit, seen, EMPTY);
  const text = given.flag('clear') ? null : textIn(given);
  if (text !== null && text.body.trim() === '') {
    const slip = { field: 'body', text: translate('web.text.write-body') };
    const problems = slipsBeside(visit, [slip], given.text('digest'), opened.value.source);
    return show(visit, seen, { values: given, problems });
  }
  const name = opened.value.read.campaign.template;
  const chosen = { name, text, known: text ?? opened.value.template.listed?.text ?? null };
  const saved = await saveTemplate(opened.value, chosen, given.text('digest'), app);
  if (saved.ok) return redirect(campaignPath(seen.key, 'message'), { code: 'web.saved' });
  return show(visit, seen, { values: given, problems: formProblems(visit, saved.problems) });
}

/** Browsers send line breaks as CRLF. */
function textIn(given: Form): TemplateText {
  const typed = (name: string): string => given.verbatim(name).replace(/\r\n?/gu, '\n');
  const orNull = (name: string): string | null => (typed(name).trim() === '' ? null : typed(name));
  return {
    header: orNull('header'),
    media: null,
    body: typed('body').trimEnd(),
    footer: orNull('footer'),
    buttons: typed('buttons')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  };
}
