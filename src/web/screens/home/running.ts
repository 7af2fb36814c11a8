import type { CampaignList, CampaignStand, ListedCampaign } from '../../../app/home/list-campaigns.js';
import { isSending } from '../../../app/overview/standing.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { forPage } from '../../page-words.js';
import { sandboxTag } from '../../views/banner.js';
import { button, form, hidden } from '../../views/fields.js';
import { progressBar, section } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { isRehearsal, listedPath, standsOf } from './listed.js';

/** What is being sent now, how far it is and when it will be done, each with its pause; null: nothing is. */
export function running(visit: Visit, { campaigns }: CampaignList): Html | null {
  const lines = campaigns.flatMap((campaign) =>
    standsOf(campaign)
      .filter(({ holder }) => holder !== null)
      .map((stand) => line(visit, campaign, stand)),
  );
  if (lines.length === 0) return null;
  return section(visit.translate('web.home.running'), html`<ul class="todo">${lines}</ul>`, 'running');
}

function line(visit: Visit, campaign: ListedCampaign, stand: CampaignStand): Html {
  const { translate } = visit;
  const { counts, record } = stand;
  // As on the live page: who is left out is nobody who waits.
  const whole = counts.recipients - counts.skipped;
  const done = whole - counts.pending - counts.sending;
  const sandbox = isRehearsal(stand);
  const name = html`<a class="what" href="${listedPath(campaign, 'live', stand)}">${foreign(campaign.name)}</a>`;
  // Before its list is in, nobody knows how many they are.
  const isRead = counts.recipients > 0;
  const bar = progressBar(done, whole, translate('web.running.done', { done, all: whole }));
  const far = isRead ? bar : html`<p>${translate('web.running.reading')}</p>`;
  const how = isRead ? goingText(visit, stand) : null;
  const paused = record.control === 'paused';
  const flip = form(
    visit,
    { action: `${listedPath(campaign, 'live')}/${paused ? 'resume' : 'pause'}` },
    html`${sandbox ? hidden('sandbox', 'yes') : null}${button(translate(paused ? 'web.live.resume' : 'web.live.pause'), { kind: 'secondary' })}`,
  );
  return html`<li><div><p>${name}${sandbox ? html` ${sandboxTag(visit)}` : null}</p>${far}${how === null ? null : html`<p class="soft">${how}</p>`}</div>${flip}</li>`;
}

/** What it waits for, or how fast it goes; null: nobody knows. */
function goingText(visit: Visit, stand: CampaignStand): string | null {
  const { translate } = visit;
  const { waiting } = stand.record;
  if (!isSending(stand)) return translate('web.live.at-work');
  return waiting === null ? pace(visit, stand) : translate(forPage(translate, waiting));
}

/** How fast it goes and, by that, until when. */
function pace({ translate, format, app }: Visit, { counts, ratePerSecond }: CampaignStand): string | null {
  if (ratePerSecond === null || ratePerSecond <= 0) return null;
  const leftMs = ((counts.pending + counts.sending) / ratePerSecond) * 1_000;
  const clock = format.clock(app.clock.now() + leftMs);
  const rate = translate('web.running.rate', { rate: Math.max(1, Math.round(ratePerSecond)) });
  return `${rate} · ${translate('web.running.until', { clock })}`;
}
