import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import type { Answer } from '../../http/answer.js';
import { problemPage } from '../../views/error-pages.js';
import type { Filled } from '../../views/fields.js';
import type { Visit } from '../../visit.js';
import { campaignPage } from '../campaign/shell.js';
import { launchOf, launchText, type SeenLaunch } from '../live/launch-of.js';
import { currentCheck } from './current-check.js';
import { alreadyBody, brokenBody, checkingBody, sendBody } from './view.js';

/** The page, with what was typed into its forms. */
export async function showSend(
  visit: Visit,
  seen: CampaignSeen,
  filled: { readonly sending: Filled; readonly testing: Filled },
): Promise<Answer> {
  const launched = await launchOf(visit, seen, false);
  if (!launched.ok) return problemPage(visit, launched.problems, 503);
  const already = alreadyText(visit, seen, launched.value);
  if (already !== null) return pageOf(visit, seen, alreadyBody(visit, seen.key, already));
  const check = await currentCheck(visit, seen);
  if (check.kind === 'going') {
    const body = checkingBody(visit, seen.key, check.startedAt);
    return campaignPage(visit, seen, 'send', { title: visit.translate('web.tab.send'), body, passing: true });
  }
  if (!check.result.ok) return pageOf(visit, seen, brokenBody(visit, check.result.problems));
  const shown = { checked: check.result.value, ...filled };
  return pageOf(visit, seen, sendBody(visit, seen, shown), [
    ...filled.sending.problems,
    ...filled.testing.problems,
  ]);
}

function pageOf(
  visit: Visit,
  seen: CampaignSeen,
  body: Parameters<typeof campaignPage>[3]['body'],
  problems: Filled['problems'] = [],
): Answer {
  return campaignPage(visit, seen, 'send', { title: visit.translate('web.tab.send'), body, problems });
}

/** Why it cannot be sent now: it is being sent, or is to be; null: it can. */
function alreadyText(visit: Visit, { standings }: CampaignSeen, launched: SeenLaunch | null): string | null {
  if (launched !== null && launched.stand !== 'over') return launchText(visit, launched);
  const holder = standings.find(({ sandbox }) => !sandbox)?.holder ?? null;
  return holder === null ? null : visit.translate('web.send.running');
}
