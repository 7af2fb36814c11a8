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
export async function refuseNewLedger(
  campaigns: readonly ReadCampaign[],
  targets: readonly Target[],
  { acceptLedger }: { readonly acceptLedger: boolean },
  cli: Cli,
): Promise<void> {
  if (acceptLedger) return;
  const problems: Problem[] = [];
  for (const [index, { campaign }] of campaigns.entries()) {
    const target = targets[index];
    const question = target === undefined ? null : ledgerQuestion(null, campaign.name, target, cli);
    if (question !== null) problems.push(...(await refusalsOf(question, cli)));
  }
  if (problems.length > 0) throw new CommandFailure(EXIT.unusable, problems);
}

async function refusalsOf(question: LedgerQuestion, { host, ledgers }: Cli): Promise<readonly Problem[]> {
  const { ledgerFile, stateDir, campaign, sender } = question;
  const places = lockPlaces(ledgerFile, stateDir, campaign, sender);
  const taker = { campaign: campaign.name, pid: host.pid, at: systemClock.now() };
  const taken = await takeLocks(ledgers.locks, places, taker, ['sender']);
  if (!taken.ok && taken.problems.some(({ code }) => code === 'lock.sender')) return [];
  const locks = orFail(taken);
  try {
    return await foretoldRefusals(question);
  } finally {
    for (const lock of locks) lock.release();
  }
}
