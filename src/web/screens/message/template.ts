import { askTemplates } from '../../../app/message/ask-templates.js';
import { type MessageSeen, openMessage } from '../../../app/message/open-message.js';
import { saveTemplate } from '../../../app/message/save-message.js';
import type { ListedTemplate } from '../../../core/template.js';
import { isApproved } from '../../../core/template-knowledge.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { type Answer, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import {
  button,
  type Choice,
  EMPTY,
  type Filled,
  form,
  hidden,
  radios,
  textField,
} from '../../views/fields.js';
import { formProblems, slipsBeside } from '../../views/form-problems.js';
import { deed, type Route, type Visit } from '../../visit.js';
import { brokenFile } from '../campaign/notes.js';
import { campaignPath, messagePath } from '../campaign/paths.js';
import { questionPage, questionRoutes } from '../campaign/question.js';
import { type CampaignHere, withFolderOf } from '../campaign/shell.js';

const OTHER = 'other';
const LISTED = 'listed:';

/** Which template: one of the account's, or another name. */
export const templateRoutes: readonly Route[] = [
  ...questionRoutes('message/template', show, save),
  deed('/campaigns/:campaign/message/templates', 'prepare', (visit) =>
    withFolderOf(visit, (seen) => readList(visit, seen)),
  ),
];

async function show(visit: Visit, seen: CampaignHere, filled: Filled): Promise<Answer> {
  const title = visit.translate('web.template.question');
  const opened = await openMessage(seen.folder, visit.app);
  const body = opened.ok
    ? templateBody(visit, seen.key, opened.value, filled)
    : brokenFile(visit, opened.problems);
  return questionPage(visit, seen, 'message', { title, body, problems: filled.problems });
}

function templateBody(visit: Visit, key: string, seen: MessageSeen, filled: Filled): Html {
  const { translate, format } = visit;
  const { list } = seen.templates;
  const known = list === null ? [] : sendable(list.templates);
  const { template } = seen.read.campaign;
  const isListed = known.some(({ name }) => name === template);
  const age =
    list === null
      ? translate('web.template.never-read')
      : translate('web.template.read', { when: format.moment(list.readAt), count: known.length });
  const again = form(
    visit,
    { action: messagePath(key, 'templates') },
    button(translate('web.template.read-now'), { kind: 'secondary' }),
  );
  const choices: Choice[] = [
    ...known.map(({ name, text }) => ({
      value: LISTED + name,
      label: name,
      ...(text === null ? {} : { hint: foreign(text.body, 160) }),
    })),
    { value: OTHER, label: translate('web.template.other') },
  ];
  const name = textField(
    { name: 'name', label: translate('web.template.name'), value: isListed ? '' : template },
    filled,
  );
  const question =
    known.length === 0
      ? html`${hidden('template', OTHER)}${name}`
      : html`${radios({ name: 'template', label: translate('web.template.choose'), choices, value: isListed ? LISTED + template : OTHER }, filled)}<div class="reveal">${name}</div>`;
  return html`<p>${age}</p>${again}<section>${form(visit, { action: messagePath(key, 'template') }, html`${hidden('digest', seen.source.digest)}${question}${button(translate('web.save'))}`)}</section>`;
}

/** Those that may be sent, each name once. */
function sendable(templates: readonly ListedTemplate[]): readonly ListedTemplate[] {
  const byName = new Map<string, ListedTemplate>();
  for (const each of templates) if (isApproved(each) && !byName.has(each.name)) byName.set(each.name, each);
  return [...byName.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

async function save(visit: Visit, seen: CampaignHere, given: Form): Promise<Answer> {
  const { app, translate } = visit;
  const opened = await openMessage(seen.folder, app);
  if (!opened.ok) return show(visit, seen, EMPTY);
  const chosen = given.verbatim('template');
  const name = chosen.startsWith(LISTED) ? chosen.slice(LISTED.length) : given.text('name');
  if (name === '') {
    const slip = { field: 'name', text: translate('web.template.write-name') };
    const problems = slipsBeside(visit, [slip], given.text('digest'), opened.value.source);
    return show(visit, seen, { values: given, problems });
  }
  const listed = sendable(opened.value.templates.list?.templates ?? []).find((each) => each.name === name);
  const { text } = opened.value.read.campaign;
  // Another name without a known text keeps the text that was pasted: it was perhaps only mistyped.
  const kept = listed?.text == null && opened.value.template.source === 'campaign' ? text : null;
  const template = { name, text: kept, known: listed?.text ?? null };
  const saved = await saveTemplate(opened.value, template, given.text('digest'), app);
  if (saved.ok) return redirect(campaignPath(seen.key, 'message'), { code: 'web.saved' });
  return show(visit, seen, { values: given, problems: formProblems(visit, saved.problems) });
}

/** Somebody pressed the button: a page that is only looked at asks no provider. */
async function readList(visit: Visit, seen: CampaignHere): Promise<Answer> {
  const { app } = visit;
  const opened = await openMessage(seen.folder, app);
  const asked = opened.ok ? await askTemplates(opened.value.read.campaign, app) : opened;
  if (!asked.ok) return show(visit, seen, { values: null, problems: formProblems(visit, asked.problems) });
  const count = asked.value;
  return redirect(messagePath(seen.key, 'template'), { code: 'web.template.was-read', params: { count } });
}
