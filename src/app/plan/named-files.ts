import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import type { OpenRecipients, ReadCampaign } from '../../core/recipient.js';
import type { App } from '../app.js';
import { shownPath } from '../shown-path.js';
import { openFitting } from '../templates/open-fitting.js';

type Opening = Pick<App, 'recipientFiles' | 'campaignFiles' | 'environment'>;

const MISSING: readonly string[] = ['recipients.not-found', 'rates.not-found'];

/**
 * The recipients file of a campaign; a failure with everything that is wrong with the files that the campaign names:
 * recipients, do-not-contact lists, rate card. The lists are opened, not read.
 */
export async function openNamedFiles(read: ReadCampaign, app: Opening): Promise<Result<OpenRecipients>> {
  const { recipients, suppressFiles, rateCardFile } = read.campaign;
  const opened = await openFitting(read, app);
  const problems = opened.ok ? [] : placed(opened.problems, read, recipients.file, ['recipients', 'file']);
  for (const [index, file] of suppressFiles.entries()) {
    const list = await app.recipientFiles.suppressFile(file, read.campaign);
    if (!list.ok) problems.push(...placed(list.problems, read, file, ['suppress', index]));
  }
  const prices = rateCardFile === null ? null : await app.campaignFiles.prices(rateCardFile);
  if (rateCardFile !== null && prices?.ok === false)
    problems.push(...placed(prices.problems, read, rateCardFile, ['cost']));
  return problems.length > 0 ? failed(...problems) : opened;
}

/** Fails with everything that is wrong with the files of campaigns: before the first of them is sent. */
export async function requireNamedFiles(
  campaigns: readonly ReadCampaign[],
  app: Opening,
): Promise<Result<null>> {
  const problems: Problem[] = [];
  for (const read of campaigns) {
    const opened = await openNamedFiles(read, app);
    if (!opened.ok) problems.push(...opened.problems);
  }
  return problems.length > 0 ? failed(...problems) : ok(null);
}

/** A file that is not there is a fault of the line that names it. */
function placed(
  problems: readonly Problem[],
  { campaign, placeOf }: ReadCampaign,
  file: string,
  key: readonly (string | number)[],
): Problem[] {
  return problems.map((problem) =>
    MISSING.includes(problem.code) && problem.at?.file === file
      ? {
          code: 'campaign.no-such-file',
          params: { path: shownPath(file, campaign.folder) },
          at: placeOf(key),
        }
      : problem,
  );
}
