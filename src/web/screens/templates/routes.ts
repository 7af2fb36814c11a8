import { storedList } from '../../../app/templates/known-templates.js';
import { listTemplates } from '../../../app/templates/list-templates.js';
import { type Answer, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { problemPage } from '../../views/error-pages.js';
import { type FormProblem, formProblems } from '../../views/form-problems.js';
import { deed, look, type Screen, type Visit } from '../../visit.js';
import { TEMPLATES, templatesPage, templatesPath } from './view.js';

/** The provider's templates, as they were read last; a button reads them anew. */
export const templates: Screen = {
  routes: [
    look(TEMPLATES, (visit) => shown(visit, visit.query.has('sandbox'), [])),
    deed(TEMPLATES, 'prepare', readAnew),
  ],
};

async function readAnew(visit: Visit, form: Form): Promise<Answer> {
  const sandbox = form.flag('sandbox');
  const asked = await listTemplates({ sandbox, workspaceId: null, baseUrl: null }, visit.app);
  if (!asked.ok) return shown(visit, sandbox, formProblems(visit, asked.problems));
  const { read } = asked.value;
  if (read.kind === 'unread') return shown(visit, sandbox, formProblems(visit, [read.problem]));
  return redirect(templatesPath(sandbox), {
    code: 'web.templates.read',
    params: { count: read.templates.length },
  });
}

async function shown(visit: Visit, sandbox: boolean, problems: readonly FormProblem[]): Promise<Answer> {
  const stored = await storedList(sandbox, visit.app);
  // Without an account there is nothing to show, and the reason is no failure of the page.
  if (stored.ok) return templatesPage(visit, { sandbox, list: stored.value, problems });
  if (stored.problems.some(({ code }) => code.startsWith('ledger.')))
    return problemPage(visit, stored.problems, 503);
  return templatesPage(visit, {
    sandbox,
    list: null,
    problems: problems.length > 0 ? problems : formProblems(visit, stored.problems),
  });
}
