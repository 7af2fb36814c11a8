import { isSending, leftInFlight } from '../../../app/overview/standing.js';
import type { CampaignResults } from '../../../app/results/campaign-results.js';
import { type Html, html } from '../../../markup/markup.js';
import { forPage } from '../../page-words.js';
import { callout } from '../../views/banner.js';
import { button, checkbox, form, hidden } from '../../views/fields.js';
import { actions } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import { peoplePath, type Whose } from './whose.js';
import { reasonText } from './words.js';

/** People of whom nobody knows whether it arrived: why, what not to do, and the two ways out. */
export function uncertainPart(visit: Visit, whose: Whose, results: CampaignResults): Html | null {
  const { counts, reasons, unsettled } = results;
  const inFlight = leftInFlight({ ...whose.standing, counts });
  const count = counts.uncertain + inFlight;
  if (count === 0) return null;
  const { translate } = visit;
  const why = reasons
    .filter(({ status }) => status === 'uncertain')
    .map(({ reason, count }) => html`<li>${visit.format.count(count)}: ${reasonText(visit, reason)}</li>`);
  const left =
    inFlight === 0
      ? null
      : html`<li>${visit.format.count(inFlight)}: ${translate('web.people.in-flight')}</li>`;
  const open = unsettled.map(
    (reason) => html`<li>${visit.format.count(reason.count)}: ${translate(forPage(translate, reason))}</li>`,
  );
  const content = html`<h2>${translate('web.people.uncertain', { count })}</h2><ul class="plain">${left}${why}</ul><p><strong>${translate('web.people.uncertain-not')}</strong></p>${open.length === 0 ? null : html`<p>${translate('web.people.uncertain-open')}</p><ul class="plain">${open}</ul>`}${ways(visit, whose)}`;
  return callout('uncertain', content);
}

/** Why the provider's list cannot be read now: whoever works on the campaign holds it. */
export function notNow({ translate }: Visit, standing: Whose['standing']): Html {
  return html`<p>${translate(isSending(standing) ? 'web.people.uncertain-running' : 'web.send.at-work')}</p>`;
}

function ways(visit: Visit, whose: Whose): Html {
  const { translate } = visit;
  const { seen, standing } = whose;
  if (standing.holder !== null) return notNow(visit, standing);
  const content = html`${standing.sandbox ? hidden('sandbox', 'yes') : null}${checkbox({ name: 'resend', label: translate('web.people.resend'), hint: translate('web.people.resend-hint') })}${button(translate('web.people.look'), { kind: 'secondary' })}`;
  return html`${form(visit, { action: `${campaignPath(seen.key, 'people')}/settle` }, content)}${actions(html`<a href="${peoplePath(whose, '', { status: 'uncertain' })}">${translate('web.people.i-know')}</a>`)}`;
}
