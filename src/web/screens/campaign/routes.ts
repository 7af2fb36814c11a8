import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import type { Answer } from '../../http/answer.js';
import { problemPage } from '../../views/error-pages.js';
import { look, type Screen, type Visit } from '../../visit.js';
import { aheadOf, isEntered, launchOf } from '../live/launch-of.js';
import { campaignPage, chosenStanding, withCampaignOf } from './shell.js';
import { overviewBody } from './view.js';

/** The first tab of a campaign: what its file says, and how it stands. */
export const campaign: Screen = {
  routes: [look('/campaigns/:campaign', (visit) => withCampaignOf(visit, (seen) => overview(visit, seen)))],
};

async function overview(visit: Visit, seen: CampaignSeen): Promise<Answer> {
  const sandbox = visit.query.has('sandbox');
  const chosen = chosenStanding(visit, seen);
  // What was only rehearsed was not sent; without its folder there is nothing else to tell.
  const standing = chosen?.sandbox && !sandbox && seen.folder !== null ? null : chosen;
  const launch = await launchOf(visit, seen, standing?.sandbox ?? sandbox);
  if (!launch.ok) return problemPage(visit, launch.problems, 503);
  const entered = await isEntered(visit, standing);
  if (!entered.ok) return problemPage(visit, entered.problems, 503);
  const isLate = launch.value?.stand === 'late';
  const ahead = isLate ? 'late' : (aheadOf(launch.value) ?? (entered.value ? 'in-line' : null));
  return campaignPage(visit, seen, 'overview', {
    title: visit.translate('web.tab.overview'),
    body: overviewBody(visit, seen, standing, ahead),
  });
}
