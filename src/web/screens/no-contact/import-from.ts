import { commandApart, toldDocument } from '../../../app/apart/command-apart.js';
import { html } from '../../../markup/markup.js';
import { type Answer, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { problemPage } from '../../views/error-pages.js';
import { button, type Filled, form as formOf, hidden, radios } from '../../views/fields.js';
import type { Visit } from '../../visit.js';
import { countryIn } from '../list/countries.js';
import { entryFields } from './entry-fields.js';
import { noContactPage } from './view.js';
import { listPath, NO_CONTACT, type WhichList } from './which-list.js';

const PROVIDERS = ['platica', 'chatbotx'] as const;

/** The form that takes over whom a provider calls spam or blocked. */
export async function importFromPage(visit: Visit, list: WhichList, filled: Filled): Promise<Answer> {
  const { translate } = visit;
  const choices = PROVIDERS.map((value) => ({ value, label: translate(`web.no-contact.from.${value}`) }));
  const fields = html`${hidden('list', list.asked)}${radios({ name: 'from', label: translate('web.no-contact.from-whom'), choices }, filled)}${await entryFields(visit, filled)}<p class="hint">${translate('web.lists.patience')}</p>${button(translate('web.no-contact.import-do'))}`;
  const body = formOf(visit, { action: `${NO_CONTACT}/import-from` }, fields);
  const title = translate('web.no-contact.import-from');
  return noContactPage(visit, list, { title, body, problems: filled.problems });
}

/** Reads the provider's list in a process of its own, and tells how many came of it. */
export async function importFrom(visit: Visit, list: WhichList, form: Form): Promise<Answer> {
  const wrong = (texts: readonly string[], field: string | null = null): Promise<Answer> =>
    importFromPage(visit, list, { values: form, problems: texts.map((text) => ({ field, text })) });
  const provider = PROVIDERS.find((one) => one === form.text('from'));
  if (provider === undefined) return wrong([visit.translate('web.no-contact.from-missing')], 'from');
  const { app, site, language } = visit;
  const words = ['suppress', 'import', `--from=${provider}`, '--json', ...wordsOf(list, form)];
  const begun = await commandApart(words, { launcher: site.launcher, language }, app);
  if (!begun.ok) return problemPage(visit, begun.problems, 503);
  const told = await toldDocument(begun.value);
  if (!told.ok) return problemPage(visit, told.problems, 503);
  const document = told.value.document as ImportDocument;
  const { added = 0, known = 0, withoutPhone = 0, problem, problems = [] } = document;
  const notice = { code: 'web.no-contact.added', params: { added, known, withoutPhone } } as const;
  const broken = [...problems, ...(problem == null ? [] : [problem])].map(({ message }) => message);
  const said = [...broken, ...missingIn(document, visit)];
  // A list that broke off, or of which somebody may be missing, has put on what was read of it: both are said.
  if (said.length > 0)
    return wrong(added + known + withoutPhone === 0 ? said : [...said, visit.translate(notice)]);
  return redirect(listPath(list), notice);
}

/** Each names its option itself, so that nothing that was typed is one. */
function wordsOf({ asked, sandbox }: WhichList, form: Form): readonly string[] {
  const typed = [
    ['reason', form.text('reason')],
    ['expires', form.text('until')],
    ['country', countryIn(form.text('country')) ?? ''],
  ].flatMap(([name, text]) => (text === '' ? [] : [`--${name}=${text}`]));
  const whose = sandbox || asked === '' ? [] : [`--workspace=${asked}`];
  return [...typed, ...whose, ...(sandbox ? ['--sandbox'] : [])];
}

const MOST_NAMED = 20;

/** That somebody may be missing from the list: numbers that cannot be read, and records that do not tell. */
function missingIn(
  { unreadable = [], unreadableCount = 0, untold = 0 }: ImportDocument,
  { translate }: Visit,
): readonly string[] {
  const named = unreadable.slice(0, MOST_NAMED).map(({ typed }) => typed);
  const more = unreadableCount - named.length;
  const all = more > 0 ? [...named, translate('suppress.more', { count: more })] : named;
  return [
    ...(unreadableCount > 0
      ? [`${translate('suppress.cannot-read', { count: unreadableCount })} ${all.join(', ')}`]
      : []),
    ...(untold > 0 ? [translate('suppress.untold', { count: untold })] : []),
  ];
}

interface ImportDocument {
  readonly unreadable?: readonly { readonly typed: string }[];
  readonly unreadableCount?: number;
  readonly untold?: number;
  readonly withoutPhone?: number;
  readonly added?: number;
  readonly known?: number;
  readonly problem?: { readonly message: string } | null;
  readonly problems?: readonly { readonly message: string }[];
}
