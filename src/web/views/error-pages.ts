import type { Problem } from '../../core/problem.js';
import { html } from '../../markup/markup.js';
import type { Answer } from '../http/answer.js';
import type { Visit } from '../visit.js';
import { page } from './layout.js';
import { problemList } from './problems.js';

/** A page for an address that nothing answers to. */
export function missingPage(visit: Visit): Answer {
  const { translate } = visit;
  const body = html`<p>${translate('web.missing.text')}</p><p><a href="/">${translate('web.to-home')}</a></p>`;
  return page(visit, { title: translate('web.missing.title'), place: null, body, status: 404 });
}

/** A page for a failure that a person can do something about: the ledger is busy, a file is broken, a form is too large. */
export function problemPage(visit: Visit, problems: readonly Problem[], status = 400): Answer {
  const { translate } = visit;
  const body = html`${problemList(visit, problems)}<p><a href="/">${translate('web.to-home')}</a></p>`;
  return page(visit, { title: translate('web.problem.title'), place: null, body, status });
}

/** A page for a bug: no stack, but the code under which the terminal has it. */
export function bugPage(visit: Visit, code: string, requestId: string): Answer {
  const { translate } = visit;
  const body = html`<p>${translate('web.bug.text')}</p><p>${translate('web.bug.code', { code, request: requestId })}</p>
<p><a href="/">${translate('web.to-home')}</a></p>`;
  return page(visit, { title: translate('web.bug.title'), place: null, body, status: 500 });
}
