import { look, type Screen } from '../../visit.js';
import { campaignPage, withCampaignOf } from './shell.js';
import { overviewBody } from './view.js';

/** The first tab of a campaign: what its file says, and how it stands. */
export const campaign: Screen = {
  routes: [
    look('/campaigns/:campaign', (visit) =>
      withCampaignOf(visit, async (seen) =>
        campaignPage(visit, seen, 'overview', {
          title: visit.translate('web.tab.overview'),
          body: overviewBody(visit, seen),
        }),
      ),
    ),
  ],
};
