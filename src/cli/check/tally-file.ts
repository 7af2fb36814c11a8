import type { Campaign } from '../../core/campaign.js';
import { CheckTally } from '../../core/check-tally.js';
import type { PlanFacts } from '../../core/plan.js';
import type { Problem } from '../../core/problem.js';
import type { Recipient, Rejection, RowVerdict } from '../../core/recipient.js';
import { SeenPeople } from '../../core/seen-people.js';
import { isPlanned, type Standing } from '../../core/standing.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import { type PlannedCampaign, sameNameWarnings } from '../../ledger/plan-warnings.js';
import { RepeatedMessages } from '../../ledger/repeated-messages.js';
import { type StandingQuestion, standingsOf } from '../../ledger/standings.js';
import type { OpenRecipients } from '../../recipients/read-recipients.js';
import { UnusableFile } from '../../recipients/unusable-file.js';
import type { Cli } from '../command.js';
import { CommandFailure } from '../command-failure.js';
import { EXIT } from '../exit-codes.js';
import { orFail } from '../problems.js';
import { leaveRejected } from '../send/import-file.js';
import { rejectedPath } from '../send/rejected-path.js';
import { Channel } from './channel.js';

/** What reading a whole file told. */
export interface TalliedFile {
  readonly facts: Omit<PlanFacts, 'notices' | 'readAs'>;
  /** What the ledger finds odd about the campaign. */
  readonly warnings: readonly Problem[];
  /** Path of `rejected.csv`, or null when nothing is rejected. */
  readonly rejectedFile: string | null;
}

/**
 * Reads a recipients file to its end, adds up what `send` would do with it, and leaves `rejected.csv`; all in one
 * pass and without keeping the rows. The ledger is asked and not written to; null: there is none.
 */
export async function tallyFile(
  { file, batches }: OpenRecipients,
  campaign: Campaign,
  db: LedgerDatabase | null,
  question: StandingQuestion,
  cli: Cli,
): Promise<TalliedFile> {
  const { template, campaignName } = campaign;
  const planned = { id: question.campaignId, workspace: question.workspace, template, campaignName };
  const standings = standingsOf(db, question, new SeenPeople());
  const tally = new CheckTally();
  const oddities = db === null ? null : new LedgerOddities(db, planned, question.at);
  const rejections = new Channel<Rejection>();
  const written = leaveRejected(rejectedPath(campaign), file, rejections, cli.say);
  try {
    for await (const verdicts of batches) {
      const standing = standings(verdicts);
      tally.add(verdicts, standing);
      oddities?.add(verdicts, standing);
      for (const verdict of verdicts) if (verdict.kind === 'rejection') rejections.push(verdict.rejection);
    }
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    rejections.end();
    await written;
    throw new CommandFailure(EXIT.unusable, error.problems);
  }
  rejections.end();
  const rejectedFile = orFail(await written);
  return { facts: tally.facts(), warnings: oddities?.warnings() ?? [], rejectedFile };
}

/** What the ledger finds odd about a file that it has not imported. */
class LedgerOddities {
  readonly #repeated: RepeatedMessages;
  readonly #sameName: readonly Problem[];

  constructor(db: LedgerDatabase, campaign: PlannedCampaign, at: number) {
    this.#repeated = new RepeatedMessages(db, campaign, at);
    this.#sameName = sameNameWarnings(db, campaign);
  }

  add(verdicts: readonly RowVerdict[], standings: readonly (Standing | null)[]): void {
    if (this.#repeated.isFull) return;
    const planned: Recipient[] = [];
    for (const [index, verdict] of verdicts.entries()) {
      if (verdict.kind === 'recipient' && isPlanned(standings[index] ?? null))
        planned.push(verdict.recipient);
    }
    this.#repeated.add(planned);
  }

  warnings(): readonly Problem[] {
    return [...this.#sameName, ...this.#repeated.warnings()];
  }
}
