import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import type { Problem } from '../../../core/problem.js';
import { type Html, html } from '../../../markup/markup.js';
import { callout } from '../../views/banner.js';
import { problemList } from '../../views/problems.js';
import type { Visit } from '../../visit.js';

/** Why nothing can be done with a campaign file, and where to mend it. */
export function brokenFile(visit: Visit, problems: readonly Problem[]): Html {
  return callout(
    'refused',
    html`<p>${visit.translate('web.campaign.broken')}</p>${problemList(visit, problems)}`,
  );
}

/** That it was sent from another folder: who copies one may not know that its name is the campaign. */
export function copyNote({ translate }: Visit, { sentFrom, name }: CampaignSeen): Html | null {
  if (sentFrom === null) return null;
  return callout('uncertain', html`<p>${translate('web.campaign.copied', { name, folder: sentFrom })}</p>`);
}

/** That a run goes on while something is changed: it sends what it was started with. */
export function runNote({ translate }: Visit, { standings }: CampaignSeen): Html | null {
  if (standings.every(({ holder }) => holder === null)) return null;
  return callout('uncertain', html`<p>${translate('web.run-meanwhile')}</p>`);
}
