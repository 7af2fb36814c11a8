import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import type { OpenRecipients, ReadCampaign } from '../../core/recipient.js';
import type { App } from '../app.js';
import { textProblems } from './known-templates.js';

type Opening = Pick<App, 'recipientFiles' | 'environment'>;

/** The recipients file of a campaign; a failure, too, where its variables are not those of the template's known text. */
export async function openFitting(
  read: ReadCampaign,
  { recipientFiles, environment }: Opening,
): Promise<Result<OpenRecipients>> {
  const opened = await recipientFiles.open(read, environment.stateDir);
  const problems = opened.ok ? textProblems(read, opened.value.file.columns) : [];
  return problems.length === 0 ? opened : failed(...problems);
}

/** Fails with everything that is wrong with the recipients files of campaigns. */
export async function requireFitting(
  campaigns: readonly ReadCampaign[],
  app: Opening,
): Promise<Result<null>> {
  const problems: Problem[] = [];
  for (const read of campaigns) {
    const opened = await openFitting(read, app);
    if (!opened.ok) problems.push(...opened.problems);
  }
  return problems.length > 0 ? failed(...problems) : ok(null);
}
