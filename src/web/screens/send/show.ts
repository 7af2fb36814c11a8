import { lookAtApproval } from '../../../app/approval/look-at-approval.js';
import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import { isSending } from '../../../app/overview/standing.js';
import type { Answer } from '../../http/answer.js';
import { problemPage } from '../../views/error-pages.js';
import { EMPTY, type Filled } from '../../views/fields.js';
import type { Visit } from '../../visit.js';
import { campaignPage } from '../campaign/shell.js';
import { launchOf, launchText, type SeenLaunch } from '../live/launch-of.js';
import { currentCheck } from './current-check.js';
import { alreadyBody, brokenBody, checkingBody, sendBody } from './view.js';

/** The page, with what was typed into its forms. */
export async function showSend(
  visit: Visit,
  seen: CampaignSeen,
  filled: { readonly sending: Filled; readonly testing: Filled; readonly approving?: Filled },
): Promise<Answer> {
  const { sending, testing, approving = EMPTY } = filled;
  const problems = [...sending.problems, ...testing.problems, ...approving.problems];
  // Where the forms are not shown any more, such as because somebody sends it by now, whoever pressed is told all the same.
  const told = problems.map(({ text }) => ({ field: null, text }));
  const launched = await launchOf(visit, seen, false);
  if (!launched.ok) return problemPage(visit, launched.problems, 503);
  const already = alreadyText(visit, seen, launched.value);
  if (already !== null) return pageOf(visit, seen, alreadyBody(visit, seen.key, already), told);
  const check = await currentCheck(visit, seen);
  if (check.kind === 'going') {
    const body = checkingBody(visit, seen.key, check.startedAt);
    return campaignPage(visit, seen, 'send', {
      title: visit.translate('web.tab.send'),
      body,
      passing: true,
      problems: told,
    });
  }
  if (!check.result.ok) return pageOf(visit, seen, brokenBody(visit, check.result.problems), told);
  const checked = check.result.value;
  const approval = await lookAtApproval(
    { workspace: checked.target.workspace, name: seen.name },
    checked.plan,
    visit.app,
  );
  if (!approval.ok) return problemPage(visit, approval.problems, 503);
  const shown = { checked, approval: approval.value, sending, testing, approving };
  return pageOf(visit, seen, sendBody(visit, seen, shown), problems);
}

function pageOf(
  visit: Visit,
  seen: CampaignSeen,
  body: Parameters<typeof campaignPage>[3]['body'],
  problems: Filled['problems'],
): Answer {
  return campaignPage(visit, seen, 'send', { title: visit.translate('web.tab.send'), body, problems });
}

/** Why it cannot be sent now: it is being sent, or is to be; null: it can. */
function alreadyText(visit: Visit, { standings }: CampaignSeen, launched: SeenLaunch | null): string | null {
  if (launched !== null && launched.stand !== 'over') return launchText(visit, launched);
  const standing = standings.find(({ sandbox }) => !sandbox);
  if (standing === undefined || standing.holder === null) return null;
  return visit.translate(isSending(standing) ? 'web.send.running' : 'web.send.at-work');
}
