import { importSuppressionFile } from '../../../app/suppress/import-file.js';
import type { EntryTally } from '../../../app/suppress/list-entries.js';
import { harmless } from '../../../core/harmless.js';
import type { Problem } from '../../../core/problem.js';
import { html } from '../../../markup/markup.js';
import { type Answer, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { forPage } from '../../page-words.js';
import { callout } from '../../views/banner.js';
import { button, type Filled, fileField, form as formOf, hidden } from '../../views/fields.js';
import type { Visit } from '../../visit.js';
import { addedNotice } from './add.js';
import { entryField, entryFields, typedEntry, unreadableTable } from './entry-fields.js';
import { noContactPage } from './view.js';
import { listPath, NO_CONTACT, type WhichList } from './which-list.js';

/** The form for a whole file. */
export async function importPage(visit: Visit, list: WhichList, filled: Filled): Promise<Answer> {
  const { translate } = visit;
  const file = fileField(
    {
      name: 'file',
      label: translate('web.no-contact.file'),
      hint: translate('web.no-contact.file-hint'),
      accept: '.csv,.txt,.tsv,.xlsx',
    },
    filled,
  );
  const fields = html`${hidden('list', list.asked)}${file}${await entryFields(visit, filled)}${button(translate('web.no-contact.import-do'))}`;
  const body = formOf(visit, { action: `${NO_CONTACT}/import`, upload: true }, fields);
  const title = translate('web.no-contact.import');
  return noContactPage(visit, list, { title, body, problems: filled.problems });
}

/** Takes the file in, and tells what it could not read. */
export async function importFile(visit: Visit, list: WhichList, form: Form): Promise<Answer> {
  const file = form.file('file');
  if (file === null) {
    const problems = [{ field: 'file', text: visit.translate('web.no-contact.file-missing') }];
    return importPage(visit, list, { values: form, problems });
  }
  const notices: Problem[] = [];
  const told = (more: readonly Problem[]): void => void notices.push(...more);
  const name = harmless(file.name);
  const imported = await importSuppressionFile(
    file.path,
    list.workspace,
    typedEntry(form, null),
    told,
    visit.app,
    name,
  );
  if (!imported.ok) {
    const problems = imported.problems.map((one) => ({
      field: entryField(one) ?? 'file',
      text: said(visit, one),
    }));
    return importPage(visit, list, { values: form, problems });
  }
  const { value: tally } = imported;
  if (tally.unlogged !== null) notices.push(tally.unlogged);
  if (tally.unreadableCount === 0 && notices.length === 0)
    return redirect(listPath(list), addedNotice(tally));
  return importedPage(visit, list, tally, notices);
}

/** Where an upload lies tells nobody anything; which row it is, does. */
function said({ translate }: Visit, problem: Problem): string {
  const line = problem.at?.line;
  const text = translate(forPage(translate, problem));
  return line === undefined ? text : translate('web.list.at-line', { line, said: text });
}

function importedPage(visit: Visit, list: WhichList, tally: EntryTally, notices: readonly Problem[]): Answer {
  const { translate } = visit;
  visit.session.notice = addedNotice(tally);
  const unread = tally.unreadableCount;
  const missing =
    unread === 0
      ? null
      : html`${callout('uncertain', html`<p>${translate('suppress.unreadable', { count: unread })}</p>`)}${unreadableTable(visit, tally.unreadable, unread)}`;
  const body = html`${missing}${notices.map((one) => html`<p>${said(visit, one)}</p>`)}<p><a href="${listPath(list)}">${translate('web.no-contact.to-list')}</a></p>`;
  return noContactPage(visit, list, { title: translate('web.no-contact.imported'), body });
}
