import { campaignOverview } from '../../../app/overview/campaign-overview.js';
import { type Answer, fragment, page } from '../../http/answer.js';
import { problemPage } from '../../views/error-pages.js';
import { layout } from '../../views/layout.js';
import { live } from '../../views/parts.js';
import { look, type Visit } from '../../visit.js';
import type { Screen } from '../screen.js';
import { homeBody } from './view.js';

/** The first screen: what needs a person, what runs, and every campaign. */
export const home: Screen = { routes: [look('/', firstPage), look('/home/now', now)] };

async function firstPage(visit: Visit): Promise<Answer> {
  const seen = await campaignOverview(visit.site.campaignsFolder, visit.app);
  if (!seen.ok) return problemPage(visit, seen.problems, 503);
  const body = live('/home/now', homeBody(visit, seen.value));
  return page(layout(visit, { title: visit.translate('web.home.title'), place: 'home', body }));
}

async function now(visit: Visit): Promise<Answer> {
  const seen = await campaignOverview(visit.site.campaignsFolder, visit.app);
  return seen.ok ? fragment(homeBody(visit, seen.value)) : problemPage(visit, seen.problems, 503);
}
