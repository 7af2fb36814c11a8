import { LIST_PROVIDERS, type ListProvider } from '../../../core/conversation.js';
import { html } from '../../../markup/markup.js';
import { type Answer, page } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { button, checkbox, EMPTY, type Filled, form as formOf, hidden, radios } from '../../views/fields.js';
import { layout } from '../../views/layout.js';
import { deed, look, type Visit } from '../../visit.js';
import type { Screen } from '../screen.js';
import { filterFields, filterWords } from './filters.js';
import { readApart } from './read-apart.js';

const LISTS = '/workspace/lists';
const NAMES: Readonly<Record<ListProvider, string>> = {
  plazbot: 'Plazbot',
  platica: 'Platica',
  chatbotx: 'ChatbotX',
};
const KINDS = ['csv', 'jsonl', 'audience'] as const;

/** The conversation list of a provider to a file, as it is or as a list for a campaign. */
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
  const { problems } = filled;
  const others = LIST_PROVIDERS.filter((one) => one !== provider).map(
    (one) => html`<li><a href="${LISTS}?from=${one}">${NAMES[one]}</a></li>`,
  );
  const choices = KINDS.map((value) => ({ value, label: translate(`web.lists.as.${value}`) }));
  const fields = html`${hidden('from', provider)}${radios({ name: 'as', label: translate('web.lists.as'), choices, value: 'csv' }, filled)}${filterFields(visit, provider, filled)}${checkbox({ name: 'sandbox', label: translate('web.lists.sandbox') }, filled)}<p class="hint">${translate('web.lists.patience')}</p>${button(translate('web.lists.do', { provider: NAMES[provider] }))}`;
  const markup = layout(visit, {
    title: translate('web.lists.title'),
    place: 'workspace',
    back: { href: '/workspace', text: translate('web.workspace.title') },
    problems,
    body: html`<p class="lead">${translate('web.lists.lead', { provider: NAMES[provider] })}</p><p>${translate('web.lists.others')}</p><ul class="plain">${others}</ul>${formOf(visit, { action: LISTS }, fields)}`,
  });
  return page(markup, problems.length > 0 ? 422 : 200);
}

async function written(visit: Visit, form: Form): Promise<Answer> {
  const provider = providerNamed(form.text('from'));
  const kind = KINDS.find((one) => one === form.text('as')) ?? 'csv';
  const isAudience = kind === 'audience';
  const words = [
    ...(isAudience ? ['audience'] : ['conversations', `--format=${kind}`]),
    `--from=${provider}`,
    ...filterWords(provider, isAudience, form),
    ...(form.flag('sandbox') ? ['--sandbox'] : []),
  ];
  const read = await readApart(visit, words, isAudience ? 'audience.csv' : `${provider}.${kind}`);
  return read.kind === 'read'
    ? read.answer
    : listsPage(visit, provider, {
        values: form,
        problems: read.texts.map((text) => ({ field: null, text })),
      });
}
