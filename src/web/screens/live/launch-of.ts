import { type LaunchLook, lookAtLaunch } from '../../../app/launch/launch-look.js';
import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import type { Result } from '../../../core/problem.js';
import { agoText } from '../../views/rate.js';
import type { Visit } from '../../visit.js';

/** A launch as the page tells of it. */
export type SeenLaunch = LaunchLook;

/** The newest launch of a campaign or of its rehearsal; null: nobody launched it. */
export function launchOf(
  visit: Visit,
  { name }: CampaignSeen,
  sandbox: boolean,
): Promise<Result<SeenLaunch | null>> {
  return lookAtLaunch(name, sandbox, visit.app);
}

/** Whose it is, and since when or for when. */
export function launchText(visit: Visit, { launch, stand }: SeenLaunch): string {
  const { translate, format } = visit;
  const { by, startAt, askedAt, startedAt } = launch;
  switch (stand) {
    case 'scheduled':
      return translate('web.live.scheduled', { by, moment: format.moment(startAt ?? askedAt) });
    case 'late':
      return translate('web.live.late', { by, moment: format.moment(startAt ?? askedAt) });
    case 'in-line':
      return translate('web.live.in-line', { by });
    default:
      return translate('web.live.started', { by, ago: agoText(visit, startedAt ?? askedAt) });
  }
}
