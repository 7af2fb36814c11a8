import { type FoundHistory, historyOf } from '../../../../app/people/person-history.js';
import { declareFate } from '../../../../app/reconcile/declare-fate.js';
import { type Answer, redirect } from '../../../http/answer.js';
import type { Form } from '../../../http/form.js';
import { missingPage, problemPage } from '../../../views/error-pages.js';
import { EMPTY, type Filled } from '../../../views/fields.js';
import { formProblems } from '../../../views/form-problems.js';
import { deed, look, type Visit } from '../../../visit.js';
import { campaignPage, withCampaignOf } from '../../campaign/shell.js';
import { nobodyPage, peoplePath, type Whose, whoseIn, whoseOf } from '../whose.js';
import { personBody, SEEN_TRY } from './view.js';

const PATH = '/campaigns/:campaign/people/person/:phone';

/** One person: what was sent, every attempt, every piece of evidence, and an operator's word. */
export const personRoutes = [
  look(PATH, (visit) =>
    withCampaignOf(visit, async (seen) => {
      const whose = whoseOf(visit, seen);
      return whose === null ? nobodyPage(visit) : show(visit, whose, EMPTY);
    }),
  ),
  deed(PATH, 'operate', (visit, form) =>
    withCampaignOf(visit, async (seen) => {
      const whose = whoseIn(form, seen);
      return whose === null ? nobodyPage(visit) : declare(visit, whose, form);
    }),
  ),
];

async function show(visit: Visit, whose: Whose, filled: Filled): Promise<Answer> {
  const phone = phoneOf(visit);
  if (phone === null) return missingPage(visit);
  const history = await historyOf(`+${phone}`, null, visit.app);
  if (!history.ok) return problemPage(visit, history.problems, 404);
  return page(visit, whose, phone, history.value, filled);
}

function page(visit: Visit, whose: Whose, phone: string, history: FoundHistory, filled: Filled): Answer {
  return campaignPage(visit, whose.seen, 'people', {
    title: `+${phone}`,
    body: personBody(visit, whose, phone, history, filled),
    problems: filled.problems,
  });
}

function phoneOf(visit: Visit): string | null {
  const phone = visit.part('phone');
  return /^\d{5,20}$/u.test(phone) ? phone : null;
}

/** Who knows better than the list has the last word. */
async function declare(visit: Visit, whose: Whose, form: Form): Promise<Answer> {
  const { translate, app } = visit;
  const phone = phoneOf(visit);
  if (phone === null) return missingPage(visit);
  const fate = form.text('fate');
  const isFate = fate === 'accepted' || fate === 'absent';
  const note = form.text('note');
  const problems = [
    ...(isFate ? [] : [{ field: 'fate', text: translate('web.person.fate-missing') }]),
    ...(note === '' ? [{ field: 'note', text: translate('web.person.note-missing') }] : []),
  ];
  if (!isFate || problems.length > 0) return show(visit, whose, { values: form, problems });
  const key = form.textOrNull('key');
  const tryAt = Number(form.text(SEEN_TRY)) || null;
  const declared = await declareFate(whose.choice, { fate, phones: [`+${phone}`], key, note, tryAt }, app);
  if (!declared.ok)
    return show(visit, whose, { values: form, problems: formProblems(visit, declared.problems) });
  return redirect(peoplePath(whose, `/person/${phone}`), { code: `web.person.declared-${fate}` });
}
