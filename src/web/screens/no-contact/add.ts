import { addToList } from '../../../app/suppress/change-list.js';
import type { EntryTally } from '../../../app/suppress/list-entries.js';
import { html } from '../../../markup/markup.js';
import { type Answer, redirect } from '../../http/answer.js';
import { Form } from '../../http/form.js';
import { button, type Filled, form as formOf, hidden, textArea } from '../../views/fields.js';
import { formProblems } from '../../views/form-problems.js';
import type { Visit } from '../../visit.js';
import { entryField, entryFields, typedEntry } from './entry-fields.js';
import { noContactPage } from './view.js';
import { listPath, NO_CONTACT, type WhichList } from './which-list.js';

/** The form for numbers that are typed or pasted. */
export async function addPage(visit: Visit, list: WhichList, filled: Filled): Promise<Answer> {
  const { translate } = visit;
  const phones = textArea(
    {
      name: 'numbers',
      label: translate('web.no-contact.numbers'),
      hint: translate('web.no-contact.numbers-hint'),
      rows: 6,
    },
    filled,
  );
  const fields = html`${hidden('list', list.asked)}${phones}${await entryFields(visit, filled)}${button(translate('web.no-contact.add-do'))}`;
  const body = formOf(visit, { action: `${NO_CONTACT}/add` }, fields);
  const title = translate('web.no-contact.add');
  return noContactPage(visit, list, { title, body, problems: filled.problems });
}

/** Puts them on the list. What cannot be read stays in the field, with the reason; the others are on the list. */
export async function add(visit: Visit, list: WhichList, form: Form): Promise<Answer> {
  const { translate, app } = visit;
  const typed = form
    .verbatim('numbers')
    .split(/[\n,;]/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (typed.length === 0) {
    const problems = [{ field: 'numbers', text: translate('web.no-contact.numbers-missing') }];
    return addPage(visit, list, { values: form, problems });
  }
  const added = await addToList(typed, list.workspace, typedEntry(form, 'page'), app);
  if (!added.ok)
    return addPage(visit, list, { values: form, problems: formProblems(visit, added.problems, entryField) });
  const { value: tally } = added;
  visit.session.notice = addedNotice(tally);
  if (tally.unreadableCount === 0 && tally.unlogged === null)
    return redirect(listPath(list), addedNotice(tally));
  if (tally.added + tally.known === 0) visit.session.notice = null;
  return addPage(visit, list, unreadLeft(visit, form, tally));
}

/** What was done, as the next page says it. */
export function addedNotice({ added, known }: EntryTally): {
  readonly code: 'web.no-contact.added';
  readonly params: { readonly added: number; readonly known: number; readonly withoutPhone: 0 };
} {
  return { code: 'web.no-contact.added', params: { added, known, withoutPhone: 0 } };
}

function unreadLeft(visit: Visit, form: Form, { unreadable, unlogged }: EntryTally): Filled {
  const left = new URLSearchParams();
  for (const [name, value] of form.entries()) left.append(name, value);
  left.set('numbers', unreadable.map(({ typed }) => typed).join('\n'));
  const unread = unreadable.map(({ typed, reason }) => ({
    field: 'numbers',
    text: `${typed}: ${visit.app.translateReason(reason, { column: '', value: typed })}`,
  }));
  const lacks = unlogged === null ? [] : formProblems(visit, [unlogged], entryField);
  return { values: new Form(left), problems: [...lacks, ...unread] };
}
