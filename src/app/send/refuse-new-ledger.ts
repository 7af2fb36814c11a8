import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { lockPlaces, releaseLocks, takeLocks } from '../locks.js';
import { foretoldRefusals, type LedgerQuestion, ledgerQuestion } from './known-ledger.js';
import type { SendableCampaign } from './open-for-sending.js';

/**
 * Refuses where a ledger that is not made yet would be refused: an empty one, left behind in the wrong folder, would be
 * taken for the right one from there on. Where somebody else is sending, the run itself says who.
 */
export async function refuseNewLedger(
  campaigns: readonly SendableCampaign[],
  app: App,
): Promise<Result<null>> {
  const problems: Problem[] = [];
  for (const { read, target } of campaigns) {
    const question = ledgerQuestion(null, read.campaign, target, app);
    if (!question.ok) return question;
    if (question.value !== null) problems.push(...(await refusalsOf(question.value, app)));
  }
  return problems.length === 0 ? ok(null) : failed(...problems);
}

async function refusalsOf(question: LedgerQuestion, app: App): Promise<readonly Problem[]> {
  const { stateDir, sender } = question.place;
  const places = lockPlaces(app.besideLedger, stateDir, question.campaign, sender);
  const taken = await takeLocks(app, null, places, question.campaign.name, ['sender']);
  if (!taken.ok) return taken.problems.filter(({ code }) => code !== 'lock.sender');
  try {
    return await foretoldRefusals(question, app);
  } finally {
    await releaseLocks(taken.value);
  }
}
