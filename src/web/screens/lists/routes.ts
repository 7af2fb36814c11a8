import { createReadStream } from 'node:fs';
import { takeUpload } from '../../../app/new-list/uploads.js';
import { LIST_PROVIDERS, type ListProvider } from '../../../core/conversation.js';
import { failed, type Result } from '../../../core/problem.js';
import { html } from '../../../markup/markup.js';
import { type Answer, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import {
  button,
  checkbox,
  EMPTY,
  type Filled,
  form as formOf,
  hidden,
  radios,
  textField,
} from '../../views/fields.js';
import { type FormProblem, formProblems } from '../../views/form-problems.js';
import { workspacePage } from '../../views/layout.js';
import { deed, look, type Screen, type Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import { campaignsOf } from '../list/files.js';
import { makeCampaign } from '../new/make.js';
import { filterFields, filterWords } from './filters.js';
import { handedOver, type ReadList, readApart, removeList } from './read-apart.js';

const LISTS = '/workspace/lists';
const NAMES: Readonly<Record<ListProvider, string>> = {
  plazbot: 'Plazbot',
  platica: 'Platica',
  chatbotx: 'ChatbotX',
};
const KINDS = ['csv', 'jsonl', 'audience', 'campaign'] as const;

/** The conversation list of a provider to a file, as it is or as a list for a campaign, or to a new campaign. */
export const lists: Screen = {
  routes: [
    look(LISTS, async (visit) => listsPage(visit, providerNamed(visit.query.get('from')), EMPTY), 'prepare'),
    deed(LISTS, 'prepare', written),
  ],
};

function providerNamed(name: string | null): ListProvider {
  return LIST_PROVIDERS.find((provider) => provider === name) ?? 'plazbot';
}

function listsPage(visit: Visit, provider: ListProvider, filled: Filled): Answer {
  const { translate } = visit;
  const others = LIST_PROVIDERS.filter((one) => one !== provider).map(
    (one) => html`<li><a href="${LISTS}?from=${one}">${NAMES[one]}</a></li>`,
  );
  const choices = KINDS.map((value) => ({ value, label: translate(`web.lists.as.${value}`) }));
  const fields = html`${hidden('from', provider)}${radios({ name: 'as', label: translate('web.lists.as'), choices, value: 'csv' }, filled)}${textField({ name: 'title', label: translate('web.new.name'), hint: translate('web.lists.name-hint') }, filled)}${filterFields(visit, provider, filled)}${checkbox({ name: 'sandbox', label: translate('web.lists.sandbox') }, filled)}<p class="hint">${translate('web.lists.patience')}</p>${button(translate('web.lists.do', { provider: NAMES[provider] }))}`;
  return workspacePage(visit, {
    title: translate('web.lists.title'),
    problems: filled.problems,
    body: html`<p class="lead">${translate('web.lists.lead', { provider: NAMES[provider] })}</p><p>${translate('web.lists.others')}</p><ul class="plain">${others}</ul>${formOf(visit, { action: LISTS }, fields)}`,
  });
}

async function written(visit: Visit, form: Form): Promise<Answer> {
  const provider = providerNamed(form.text('from'));
  const kind = KINDS.find((one) => one === form.text('as')) ?? 'csv';
  const again = (...problems: readonly FormProblem[]): Answer =>
    listsPage(visit, provider, { values: form, problems });
  const title = form.text('title');
  if (kind === 'campaign' && title === '')
    return again({ field: 'title', text: visit.translate('web.new.no-name') });
  const isAudience = kind === 'audience' || kind === 'campaign';
  const words = [
    ...(isAudience ? ['audience'] : ['conversations', `--format=${kind}`]),
    `--from=${provider}`,
    ...filterWords(provider, isAudience, form),
    ...(form.flag('sandbox') ? ['--sandbox'] : []),
  ];
  const read = await readApart(visit, words, kind === 'jsonl' ? 'jsonl' : 'csv');
  if (read.kind === 'not-read') return again(...read.texts.map((text) => ({ field: null, text })));
  if (kind !== 'campaign') return handedOver(read.list, isAudience ? 'audience' : provider);
  const made = await campaignOf(visit, read.list, title);
  const { people, leftOut } = read.list;
  const said = { code: 'web.lists.made', params: { people: people ?? 0, leftOut } } as const;
  if (made.ok) return redirect(campaignPath(made.value, 'list'), said);
  return again(...formProblems(visit, made.problems));
}

/** Made as of a list that somebody uploads. Of one that broke off none is made: whoever is missing would get nothing. */
async function campaignOf(visit: Visit, list: ReadList, title: string): Promise<Result<string>> {
  try {
    if (list.brokeOff !== null)
      return failed({ code: 'web.lists.broke-off', params: { why: list.brokeOff } });
    if (list.people === 0) return failed({ code: 'web.lists.nobody' });
    const upload = await takeUpload(campaignsOf(visit), createReadStream(list.file), null, visit.app);
    return upload.ok ? await makeCampaign(visit, upload.value.id, title, null) : upload;
  } finally {
    await removeList(list);
  }
}
