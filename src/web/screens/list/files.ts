import { createReadStream } from 'node:fs';
import { type CampaignsFolder, takeUpload } from '../../../app/new-list/uploads.js';
import { failed, type Problem, type Result } from '../../../core/problem.js';
import type { Upload } from '../../../core/upload.js';
import type { Form } from '../../http/form.js';
import type { FormProblem } from '../../views/form-problems.js';
import type { Visit } from '../../visit.js';

/** What the browser offers to choose from. */
export const LIST_FILES = '.csv,.xlsx,.txt';

/** Where the campaigns of the page lie. */
export function campaignsOf({ site }: Visit): CampaignsFolder {
  return { folder: site.campaignsFolder };
}

/** Keeps the list that a form brought until a campaign is made of it. */
export async function takeList(visit: Visit, form: Form): Promise<Result<Upload>> {
  const file = form.file('list');
  if (file === null) return failed({ code: 'web.list.none-chosen' });
  return takeUpload(campaignsOf(visit), createReadStream(file.path), file.bytes, visit.app);
}

/** What is wrong with a list that a form brought. Where it lies meanwhile tells nobody anything; the line does. */
export function listProblems({ translate }: Visit, problems: readonly Problem[]): readonly FormProblem[] {
  return problems.map((problem) => {
    const said = translate(problem);
    const line = problem.at?.line;
    return { field: 'list', text: line === undefined ? said : translate('web.list.at-line', { line, said }) };
  });
}
