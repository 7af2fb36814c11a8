import { KEEP_REASONS } from '../../../core/audience.js';
import type { ListProvider } from '../../../core/conversation.js';
import { LIST_OPTION_TABLES, type ListOptionSpec } from '../../../core/list-option-tables.js';
import { type Html, html } from '../../../markup/markup.js';
import type { Form } from '../../http/form.js';
import { checkbox, type Filled, select, textField } from '../../views/fields.js';
import { details } from '../../views/parts.js';
import type { Visit } from '../../visit.js';

/** What all providers' lists take beside their own filters. */
const OF_ALL = ['max', 'columns'] as const;

/** Every filter that a provider documents, as a field, and what belongs to a list for a campaign. */
export function filterFields(visit: Visit, provider: ListProvider, filled: Filled): Html {
  const { translate } = visit;
  const common = OF_ALL.map((name) =>
    textField({ name, label: translate(`option.${name}`), size: 24 }, filled),
  );
  const own = LIST_OPTION_TABLES[provider].map((option) => filterField(visit, option, filled));
  const api =
    provider === 'plazbot'
      ? select(
          { name: 'api', label: translate('option.api'), choices: choicesOf(['classic', 'current']) },
          filled,
        )
      : null;
  const keep = KEEP_REASONS.map((reason, index) =>
    checkbox(
      { name: 'keep', value: reason, id: `keep-${index + 1}`, label: translate(`web.lists.keep.${reason}`) },
      filled,
    ),
  );
  const audience = html`${textField({ name: 'country', label: translate('web.no-contact.country'), hint: translate('web.no-contact.country-hint'), size: 4 }, filled)}${keep}${checkbox({ name: 'outside-window', label: translate('option.outside-window') }, filled)}`;
  return html`${details(translate('web.lists.filters'), html`${common}${api}${own}`)}${details(translate('web.lists.of-audience'), audience)}`;
}

function filterField({ translate }: Visit, option: ListOptionSpec, filled: Filled): Html {
  const field = { name: option.name, label: translate(option.description) };
  if (option.type === 'choice')
    return select({ ...field, choices: choicesOf(['', ...option.choices]) }, filled);
  if (option.type === 'boolean')
    return select({ ...field, choices: choicesOf(['', 'true', 'false']) }, filled);
  return textField({ ...field, type: option.type === 'date' ? 'date' : 'text', size: 24 }, filled);
}

function choicesOf(values: readonly string[]): readonly { readonly value: string; readonly label: string }[] {
  return values.map((value) => ({ value, label: value }));
}

/** The same as words of a command; each names its option itself, so that nothing that was typed is one. */
export function filterWords(provider: ListProvider, audience: boolean, form: Form): readonly string[] {
  const names = [
    ...OF_ALL,
    ...LIST_OPTION_TABLES[provider].map(({ name }) => name),
    ...(provider === 'plazbot' ? ['api'] : []),
    ...(audience ? ['country'] : []),
  ];
  const typed = names.flatMap((name) => {
    const text = form.text(name);
    return text === '' ? [] : [`--${name}=${text}`];
  });
  const kept = audience ? KEEP_REASONS.filter((reason) => form.texts('keep').includes(reason)) : [];
  return [
    ...typed,
    ...kept.map((reason) => `--keep=${reason}`),
    ...(audience && form.flag('outside-window') ? ['--outside-window'] : []),
  ];
}
