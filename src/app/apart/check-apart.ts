import type { Campaign } from '../../core/campaign.js';
import type { Plan } from '../../core/plan.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { redacted, redactor } from '../../core/redaction.js';
import type { App } from '../app.js';
import { type CheckedCampaign, checkCampaign } from '../check/check-campaign.js';
import { environmentSecrets } from '../environment.js';
import { problemWithoutSecrets } from '../lists/without-secrets.js';
import { withLedgerIfAny } from '../open-ledger.js';
import type { Accepted } from '../send/send-refusals.js';
import { type Apart, commandApart, toldDocument } from './command-apart.js';

/** What is to be checked. */
export interface CheckAsked {
  /** Folder or file of the campaign. */
  readonly campaign: string;
  readonly sandbox: boolean;
  readonly accepted: Accepted;
}

/** A campaign as it was when it was checked, and what that came to. */
export interface CheckedApart extends CheckedCampaign {
  readonly campaign: Campaign;
}

/** Variable of the environment by which a process knows that it is to check for the page, and what. */
export const CHECK_VARIABLE = 'PLAZCAST_PAGE_CHECK';

/** Checks in a process of its own: reading a million rows takes seconds. */
export async function checkApart(asked: CheckAsked, apart: Apart, app: App): Promise<Result<CheckedApart>> {
  const env = { ...apart.env, [CHECK_VARIABLE]: JSON.stringify(asked) };
  const work = await commandApart(['serve'], { ...apart, env }, app);
  if (!work.ok) return work;
  const told = await toldDocument(work.value);
  return told.ok ? (told.value.document as Result<CheckedApart>) : told;
}

/**
 * The other half: what that process does, and says as one document. Credentials are hidden in problems, which may tell what
 * somebody else said, and keys and tokens in the plan. A workspace that is called like a word of the message, or like a folder,
 * would leave holes in both: what the campaign says is read as it stands on every other page.
 */
export async function checkForPage(told: string, app: App): Promise<Result<CheckedApart>> {
  const { environment } = app;
  const checked = await checkedAs(JSON.parse(told) as CheckAsked, app);
  const redact = redactor(environmentSecrets(environment));
  const hidden = (problems: readonly Problem[]): readonly Problem[] =>
    problems.map((problem) => problemWithoutSecrets(problem, redact));
  if (!checked.ok) return failed(...hidden(checked.problems));
  const { plan, refusals } = checked.value;
  const withoutKey = redactor(environmentSecrets({ ...environment, workspaceId: null }));
  const shown = redacted(plan, withoutKey, 'own') as Plan;
  const own = { ...shown, notices: hidden(plan.notices), warnings: hidden(plan.warnings) };
  return ok({ ...checked.value, plan: own, refusals: hidden(refusals) });
}

async function checkedAs(
  { campaign, sandbox, accepted }: CheckAsked,
  app: App,
): Promise<Result<CheckedApart>> {
  const read = await app.campaignFiles.read(campaign);
  if (!read.ok) return read;
  return withLedgerIfAny(app, async (ledger) => {
    const checked = await checkCampaign(read.value, ledger, { sandbox, accepted }, app);
    return checked.ok ? ok({ ...checked.value, campaign: read.value.campaign }) : checked;
  });
}
