import { commandApart, toldDocument } from '../../../app/apart/command-apart.js';
import { html } from '../../../markup/markup.js';
import { type Answer, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { problemPage } from '../../views/error-pages.js';
import {
  button,
  checkbox,
  EMPTY,
  type Filled,
  form as formOf,
  radios,
  textField,
} from '../../views/fields.js';
import type { FormProblem } from '../../views/form-problems.js';
import { workspacePage } from '../../views/layout.js';
import { problemText } from '../../views/problems.js';
import { deed, look, type Screen, type Visit } from '../../visit.js';

const FORGET = '/workspace/forget';

/** Erases the data of a person, or of everybody whose last campaign is long ago. */
export const forget: Screen = {
  routes: [
    look(FORGET, async (visit) => forgetPage(visit, EMPTY), 'administer'),
    deed(FORGET, 'administer', erase),
  ],
};

function forgetPage(visit: Visit, filled: Filled): Answer {
  const { translate } = visit;
  const choices = [
    { value: 'one', label: translate('web.forget.one') },
    { value: 'older', label: translate('web.forget.older') },
  ];
  const fields = html`${radios({ name: 'who', label: translate('web.forget.who'), choices, value: 'one' }, filled)}
${textField({ name: 'number', label: translate('web.no-contact.number'), hint: translate('web.no-contact.number-hint'), type: 'tel', size: 24 }, filled)}
${textField({ name: 'age', label: translate('web.forget.age'), hint: translate('web.forget.age-hint'), size: 8 }, filled)}
${checkbox({ name: 'sure', label: translate('web.forget.sure') }, filled)}
${button(translate('web.forget.do'), { kind: 'danger' })}`;
  return workspacePage(visit, {
    title: translate('web.forget.title'),
    problems: filled.problems,
    body: html`<p class="lead">${translate('web.forget.lead')}</p>${formOf(visit, { action: FORGET }, fields)}<p class="soft">${translate('forget.elsewhere')}</p>`,
  });
}

/** In a process of its own: a large ledger is searched, and its file rewritten, for longer than a page may take. */
async function erase(visit: Visit, form: Form): Promise<Answer> {
  const problems = problemsIn(visit, form);
  if (problems.length > 0) return forgetPage(visit, { values: form, problems });
  const isOne = form.text('who') !== 'older';
  const whom = isOne ? form.text('number') : `--older-than=${form.text('age')}`;
  const { app, site, language } = visit;
  const apart = { launcher: site.launcher, language };
  const begun = await commandApart(['forget', whom, '--yes', '--json'], apart, app);
  if (!begun.ok) return problemPage(visit, begun.problems, 503);
  const told = await toldDocument(begun.value);
  if (!told.ok) return problemPage(visit, told.problems, 503);
  const { people = 0, rows = 0, open = 0, problems: refused = [] } = told.value.document as ForgetDocument;
  const done =
    people + rows === 0
      ? ({ code: 'forget.nobody' } as const)
      : ({ code: 'forget.done', params: { people, rows } } as const);
  const wrong = [...refused.map((problem) => saidHere(problem, visit)), ...stillOpen(visit, open)];
  if (wrong.length === 0) return redirect(FORGET, done);
  // What is left to do, and what is done already.
  const said = people + rows === 0 ? wrong : [...wrong, visit.translate(done)];
  return forgetPage(visit, {
    values: form,
    problems: said.map((text) => ({ field: isOne ? 'number' : 'age', text })),
  });
}

/** What would be read as an option, or be taken for yes without having been said, never gets as far as a command. */
function problemsIn({ translate }: Visit, form: Form): readonly FormProblem[] {
  const problems: FormProblem[] = [];
  if (form.text('who') === 'older') {
    if (!/^\d{1,4}[dmy]$/u.test(form.text('age')))
      problems.push({ field: 'age', text: translate('web.forget.age-wrong') });
  } else if (!/^[+\d(][\d\s().-]*$/u.test(form.text('number')))
    problems.push({ field: 'number', text: translate('web.no-contact.number-unread') });
  if (!form.flag('sure')) problems.push({ field: 'sure', text: translate('web.forget.not-sure') });
  return problems;
}

function stillOpen({ translate }: Visit, count: number): readonly string[] {
  return count === 0 ? [] : [translate('web.forget.open', { count })];
}

/** Nobody types a command here. */
function saidHere({ code, message }: SaidProblem, visit: Visit): string {
  return code === 'forget.busy' || code === 'forget.leftovers' ? problemText(visit, { code }) : message;
}

interface SaidProblem {
  readonly code: string;
  readonly message: string;
}

interface ForgetDocument {
  readonly people?: number;
  readonly rows?: number;
  readonly open?: number;
  readonly problems?: readonly SaidProblem[];
}
