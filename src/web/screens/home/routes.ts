import { type OpenApproval, openApprovals } from '../../../app/approval/look-at-approval.js';
import { type CampaignList, listCampaigns } from '../../../app/home/list-campaigns.js';
import { ok, type Result } from '../../../core/problem.js';
import { type Answer, fragment } from '../../http/answer.js';
import { problemPage } from '../../views/error-pages.js';
import { page } from '../../views/layout.js';
import { live } from '../../views/parts.js';
import { look, type Screen, type Visit } from '../../visit.js';
import { homeBody } from './view.js';

/** The first screen: what needs a person, what runs, what is scheduled, and every campaign. */
export const home: Screen = { routes: [look('/', firstPage), look('/home/now', now)] };

async function firstPage(visit: Visit): Promise<Answer> {
  const list = await listOf(visit);
  if (!list.ok) return problemPage(visit, list.problems, 503);
  const body = live('/home/now', homeBody(visit, ...list.value));
  return page(visit, { title: visit.translate('web.home.title'), place: 'home', body });
}

async function now(visit: Visit): Promise<Answer> {
  const list = await listOf(visit);
  return list.ok ? fragment(homeBody(visit, ...list.value)) : problemPage(visit, list.problems, 503);
}

async function listOf({
  site,
  background,
  app,
}: Visit): Promise<Result<readonly [CampaignList, readonly OpenApproval[]]>> {
  const list = await listCampaigns(site.campaignsFolder, background.folders, app);
  if (!list.ok) return list;
  const open = await openApprovals(app);
  return open.ok ? ok([list.value, open.value]) : open;
}
