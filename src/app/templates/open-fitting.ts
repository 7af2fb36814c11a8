import { failed, type Result } from '../../core/problem.js';
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
