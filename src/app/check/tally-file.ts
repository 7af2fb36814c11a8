import type { Campaign } from '../../core/campaign.js';
import { CheckTally } from '../../core/check-tally.js';
import { isPlanned, type Standing, type StandingQuestion } from '../../core/ledger/imports.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { lookWithoutLedger } from '../../core/ledger/no-ledger.js';
import type { PlanFacts } from '../../core/plan.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import type { OpenRecipients, Recipient, Rejection, RowVerdict } from '../../core/recipient.js';
import { UnusableFile } from '../../core/unusable-file.js';
import type { App } from '../app.js';
import { Channel } from './channel.js';

/** What reading a whole file told. */
export interface TalliedFile {
  readonly facts: Omit<PlanFacts, 'notices' | 'readAs'>;
  /** What looks odd about the values, and about the campaign to the ledger. */
  readonly warnings: readonly Problem[];
  /** Path of `rejected.csv`, or null when nothing is rejected. */
  readonly rejectedFile: string | null;
  /** As `OpenRecipients.digest` would tell it of the file that was read, now that its mended rows are kept. */
  readonly digest: string;
}

/** Hears of rows as they are read, with what each means to the ledger. */
export type OnRows = (
  verdicts: readonly RowVerdict[],
  standings: readonly (Standing | null)[],
) => Promise<void>;

/**
 * Reads a recipients file to its end, adds up what `send` would do with it, and leaves `rejected.csv` of a
 * whole one; all in one pass and without keeping the rows. The ledger is asked and not written to; null: there is none.
 */
export async function tallyFile(
  { batches, leaveRejected, digest, digestKept }: OpenRecipients,
  campaign: Campaign,
  ledger: Ledger | null,
  question: StandingQuestion,
  { translateReason }: Pick<App, 'translateReason'>,
  onRows: OnRows = () => Promise.resolve(),
): Promise<Result<TalliedFile>> {
  const { template, campaignName } = campaign;
  const planned = { id: question.campaignId, workspace: question.workspace, template, campaignName };
  const look = ledger === null ? lookWithoutLedger(question) : await ledger.imports.look(question, planned);
  const tally = new CheckTally();
  const rejections = new Channel<Rejection>();
  const written = leaveRejected(rejections, translateReason);
  try {
    // From then on what is read is compared with it.
    await digest();
    for await (const verdicts of batches) {
      const standings = await look.standings(verdicts);
      tally.add(verdicts, standings);
      await onRows(verdicts, standings);
      await look.planned(plannedIn(verdicts, standings));
      for (const verdict of verdicts) if (verdict.kind === 'rejection') rejections.push(verdict.rejection);
    }
  } catch (error) {
    // The list stays as it was: what became of the rest of the file nobody knows.
    rejections.fail(error);
    await written.catch(() => undefined);
    if (!(error instanceof UnusableFile)) throw error;
    return failed(...error.problems);
  }
  rejections.end();
  const rejectedFile = await written;
  if (!rejectedFile.ok) return rejectedFile;
  return ok({
    facts: tally.facts(),
    warnings: [...tally.warnings(), ...look.warnings()],
    rejectedFile: rejectedFile.value,
    digest: digestKept() ?? (await digest()),
  });
}

/** Who would be sent to. */
function plannedIn(
  verdicts: readonly RowVerdict[],
  standings: readonly (Standing | null)[],
): readonly Recipient[] {
  return verdicts.flatMap((verdict, index) =>
    verdict.kind === 'recipient' && isPlanned(standings[index] ?? null) ? [verdict.recipient] : [],
  );
}
