import type { Problem } from '../../core/problem.js';
import { importFile } from '../send/import-file.js';
import { campaignEntry } from '../send/send-refusals.js';
import { storedTemplates, withTemplate } from '../templates/known-templates.js';
import type { HeldTarget } from './held-target.js';

/**
 * Takes the recipients file into the ledger, as the next send will: whoever came into it after a backup that was put back, and
 * was sent to, stands in no ledger yet, and can only be held back once known.
 *
 * @returns what kept it from that, as it would a send; none: it is there
 */
export async function takeFileIn({ app, ledger, read, target }: HeldTarget): Promise<readonly Problem[]> {
  const known = await withTemplate(read, await storedTemplates(ledger, target), app);
  const entry = campaignEntry(known.campaign, target);
  const opened = await ledger.campaigns.open(entry, false, app.clock.now());
  if (!opened.ok) return opened.problems;
  const imported = await importFile(ledger, opened.value, known, app);
  return imported.ok ? [] : imported.problems;
}
