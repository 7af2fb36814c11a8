import { allEntries, entriesPage } from '../../../app/suppress/whose-list.js';
import { suppressionCsv } from '../../../report/suppression-list.js';
import type { Answer } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { problemPage } from '../../views/error-pages.js';
import { EMPTY } from '../../views/fields.js';
import { deed, look, type Screen, type Visit } from '../../visit.js';
import { add, addPage } from './add.js';
import { importFile, importPage } from './import.js';
import { importFrom, importFromPage } from './import-from.js';
import { lookUp, remove } from './one-person.js';
import { listPage } from './view.js';
import { NO_CONTACT, otherLists, PAGE_ROWS, type WhichList, whichList } from './which-list.js';

/** Who must not be written to: looked at, added to, taken from, imported and downloaded. */
export const noContact: Screen = {
  routes: [
    look(NO_CONTACT, (visit) => withList(visit, visit.query.get('list'), (list) => firstPage(visit, list))),
    look(
      `${NO_CONTACT}/add`,
      (visit) => withList(visit, visit.query.get('list'), (list) => addPage(visit, list, EMPTY)),
      'operate',
    ),
    deed(`${NO_CONTACT}/add`, 'operate', (visit, form) =>
      withFormList(visit, form, (list) => add(visit, list, form)),
    ),
    look(
      `${NO_CONTACT}/import`,
      (visit) => withList(visit, visit.query.get('list'), (list) => importPage(visit, list, EMPTY)),
      'operate',
    ),
    deed(`${NO_CONTACT}/import`, 'operate', (visit, form) =>
      withFormList(visit, form, (list) => importFile(visit, list, form)),
    ),
    look(
      `${NO_CONTACT}/import-from`,
      (visit) => withList(visit, visit.query.get('list'), (list) => importFromPage(visit, list, EMPTY)),
      'operate',
    ),
    deed(`${NO_CONTACT}/import-from`, 'operate', (visit, form) =>
      withFormList(visit, form, (list) => importFrom(visit, list, form)),
    ),
    deed(`${NO_CONTACT}/look-up`, 'see', (visit, form) =>
      withFormList(visit, form, (list) => lookUp(visit, list, form)),
    ),
    deed(`${NO_CONTACT}/remove`, 'operate', (visit, form) =>
      withFormList(visit, form, (list) => remove(visit, list, form)),
    ),
    look(`${NO_CONTACT}/download`, (visit) =>
      withList(visit, visit.query.get('list'), async (list) => download(visit, list)),
    ),
  ],
};

async function firstPage(visit: Visit, list: WhichList): Promise<Answer> {
  const after = visit.query.get('after') ?? '';
  const found = await entriesPage(list.workspace, after, PAGE_ROWS, visit.app);
  if (!found.ok) return problemPage(visit, found.problems, 503);
  const others = await otherLists(visit, list);
  if (!others.ok) return problemPage(visit, others.problems, 503);
  return listPage(visit, { list, after, page: found.value, others: others.value });
}

function download(visit: Visit, list: WhichList): Answer {
  const chunks = suppressionCsv(allEntries(list.workspace, visit.app), true);
  return { kind: 'download', name: 'do-not-contact.csv', type: 'text/csv; charset=utf-8', chunks };
}

function withFormList(
  visit: Visit,
  form: Form,
  answer: (list: WhichList) => Promise<Answer>,
): Promise<Answer> {
  return withList(visit, form.text('list'), answer);
}

async function withList(
  visit: Visit,
  asked: string | null,
  answer: (list: WhichList) => Promise<Answer>,
): Promise<Answer> {
  const list = await whichList(visit, asked ?? '');
  return list.ok ? answer(list.value) : problemPage(visit, list.problems, 409);
}
