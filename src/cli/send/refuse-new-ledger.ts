import type { ReadCampaign } from '../../campaign/read-campaign.js';
import type { Problem } from '../../core/problem.js';
import { systemClock } from '../clock.js';
import type { Cli } from '../command.js';
import { CommandFailure } from '../command-failure.js';
import { EXIT } from '../exit-codes.js';
import { orFail } from '../problems.js';
import type { Target } from '../target.js';
import { foretoldRefusals, type LedgerQuestion, ledgerQuestion } from './known-ledger.js';
import { lockPlaces, takeLocks } from './locks.js';

/**
 * Ends the command where a ledger that is not made yet would be refused: an empty one, left behind in the wrong folder,
 * would be taken for the right one from there on. Where somebody else is sending, the run itself says who.
 */
export function refuseNewLedger(
  campaigns: readonly ReadCampaign[],
  targets: readonly Target[],
  { acceptLedger }: { readonly acceptLedger: boolean },
  cli: Cli,
): void {
  if (acceptLedger) return;
  const problems = campaigns.flatMap(({ campaign }, index) => {
    const target = targets[index];
    const question = target === undefined ? null : ledgerQuestion(null, campaign.name, target, cli);
    return question === null ? [] : refusalsOf(question, cli);
  });
  if (problems.length > 0) throw new CommandFailure(EXIT.unusable, problems);
}

function refusalsOf(question: LedgerQuestion, { host }: Cli): readonly Problem[] {
  const { ledgerFile, stateDir, campaign, sender } = question;
  const places = lockPlaces(ledgerFile, stateDir, campaign, sender);
  const taker = { campaign: campaign.name, pid: host.pid, at: systemClock.now() };
  const taken = takeLocks(places, taker, ['sender']);
  if (!taken.ok && taken.problems.some(({ code }) => code === 'lock.sender')) return [];
  const locks = orFail(taken);
  try {
    return foretoldRefusals(question);
  } finally {
    for (const lock of locks) lock.release();
  }
}
