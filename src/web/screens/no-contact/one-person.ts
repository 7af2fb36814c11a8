import { readPerson } from '../../../app/phones.js';
import { removeFromList } from '../../../app/suppress/change-list.js';
import { entriesPage, isListed } from '../../../app/suppress/whose-list.js';
import type { SeenEntry } from '../../../core/ledger/people.js';
import { html } from '../../../markup/markup.js';
import { type Answer, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { callout } from '../../views/banner.js';
import { problemPage } from '../../views/error-pages.js';
import type { Visit } from '../../visit.js';
import { listPage } from './view.js';
import { listPath, PAGE_ROWS, type WhichList } from './which-list.js';

/** Whether one number is on the list. Sent as a form, so that the number stands in no address. */
export async function lookUp(visit: Visit, list: WhichList, form: Form): Promise<Answer> {
  const { app, translate } = visit;
  const typed = form.text('number');
  const person = await readPerson(typed, null, '', app);
  const found = await entriesPage(list.workspace, '', PAGE_ROWS, app);
  if (!found.ok) return problemPage(visit, found.problems, 503);
  const shown = { list, after: '', page: found.value, others: [] };
  if (!person.ok) {
    const problems = [{ field: 'number', text: translate('web.no-contact.number-unread') }];
    return listPage(visit, { ...shown, lookUp: { filled: { values: form, problems }, found: null } });
  }
  const listed = await isListed(list.workspace, person.value, app);
  if (!listed.ok) return problemPage(visit, listed.problems, 503);
  const isOn = listed.value;
  const said = callout(
    isOn ? 'uncertain' : 'accepted',
    html`<p>${translate(isOn ? 'web.no-contact.is-on' : 'web.no-contact.is-not-on', { number: typed })}</p>`,
  );
  return listPage(visit, { ...shown, lookUp: { filled: { values: form, problems: [] }, found: said } });
}

/** The entry beside which the button stood. */
function seenIn(form: Form): SeenEntry | null {
  const [, addedAt, expiresAt = ''] = /^(\d{1,15}) ?(\d{0,15})$/u.exec(form.text('seen')) ?? [];
  if (addedAt === undefined) return null;
  return { addedAt: Number(addedAt), expiresAt: expiresAt === '' ? null : Number(expiresAt) };
}

/** Takes one person off, unless something else was said of her since. */
export async function remove(visit: Visit, list: WhichList, form: Form): Promise<Answer> {
  const number = form.text('number');
  const removed = await removeFromList([number], list.workspace, null, visit.app, seenIn(form));
  if (!removed.ok) return problemPage(visit, removed.problems, 503);
  if (removed.value.unlogged !== null) return problemPage(visit, [removed.value.unlogged], 503);
  const code = removed.value.removed > 0 ? 'web.no-contact.removed' : 'web.no-contact.was-not-on';
  return redirect(listPath(list), { code, params: { number } });
}
