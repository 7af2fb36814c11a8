import { commandApart, toldDocument } from '../../../app/apart/command-apart.js';
import { trustedTargetOf } from '../../../app/target.js';
import { ok, type Result } from '../../../core/problem.js';
import type { Answer } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { problemPage } from '../../views/error-pages.js';
import { deed, look, type Screen, type Visit } from '../../visit.js';
import { type Check, CONNECTION, connectionPage } from './view.js';

/** Whether everything that a send stands on is as it should be. Sends nothing. */
export const connection: Screen = {
  routes: [look(CONNECTION, async (visit) => connectionPage(visit, null)), deed(CONNECTION, 'see', examined)],
};

/** Looks, in a process of its own: a large ledger is read for longer than a page may take. */
async function examined(visit: Visit, form: Form): Promise<Answer> {
  const { app } = visit;
  const sandbox = form.flag('sandbox');
  // A host that nobody vouched for is asked about first: the question stands before this answer.
  if (!sandbox && app.environment.workspaceId !== null)
    await trustedTargetOf({ provider: { baseUrl: null } }, app);
  if (visit.asked.trust !== null) return connectionPage(visit, null);
  const checks = await checksOf(visit, sandbox);
  return checks.ok ? connectionPage(visit, checks.value, sandbox) : problemPage(visit, checks.problems, 503);
}

async function checksOf(visit: Visit, sandbox: boolean): Promise<Result<readonly Check[]>> {
  const { site, language, app } = visit;
  const words = ['doctor', '--json', ...(sandbox ? ['--sandbox'] : [])];
  const begun = await commandApart(words, { launcher: site.launcher, language }, app);
  if (!begun.ok) return begun;
  const told = await toldDocument(begun.value);
  if (!told.ok) return told;
  const { checks = [], problems = [] } = told.value.document as DoctorDocument;
  // What ends the doctor before it looked is one more thing that is wrong.
  return ok([...checks, ...problems.map(({ message }) => ({ level: 'fail' as const, message }))]);
}

interface DoctorDocument {
  readonly checks?: readonly Check[];
  readonly problems?: readonly { readonly message: string }[];
}
