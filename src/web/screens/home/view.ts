import type { CampaignSeen } from '../../../app/overview/campaign-overview.js';
import type { Standing } from '../../../app/overview/standing.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { tag } from '../../views/banner.js';
import { buttonLink } from '../../views/fields.js';
import { actions, moment, progressBar, section, table } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import { standTag } from '../campaign/stand-tag.js';
import { needsOf } from './needs.js';

/** The whole first page below its heading; asked for again while it is looked at. */
export function homeBody(visit: Visit, seen: readonly CampaignSeen[]): Html {
  if (seen.length === 0) return nothingYet(visit);
  return html`${needs(visit, seen)}${running(visit, seen)}${campaigns(visit, seen)}${actions(newCampaign(visit))}`;
}

function newCampaign({ translate }: Visit): Html {
  return buttonLink('/new', translate('web.nav.new'));
}

function nothingYet(visit: Visit): Html {
  const { translate, site } = visit;
  return html`<p class="lead">${translate('web.home.nothing')}</p>${actions(newCampaign(visit))}<p class="soft">${translate('web.home.folder', { folder: site.campaignsFolder })}</p>`;
}

function needs(visit: Visit, seen: readonly CampaignSeen[]): Html {
  const { translate } = visit;
  const found = needsOf(visit, seen);
  const lines = found.map(
    ({ campaign, text, tone, href, sandbox }) =>
      html`<li><div><p><a class="what" href="${href}">${foreign(campaign)}</a>${sandbox ? html` ${sandboxTag(visit)}` : null}</p><p>${text}</p></div>${tag(translate(`web.need.tone.${tone === 'accepted' ? 'quiet' : tone}`), tone)}</li>`,
  );
  return section(
    translate('web.home.needs'),
    found.length === 0
      ? html`<p>${translate('web.home.needs-nothing')}</p>`
      : html`<ul class="todo">${lines}</ul>`,
    'needs',
  );
}

function running(visit: Visit, seen: readonly CampaignSeen[]): Html | null {
  const lines = seen.flatMap((campaign) =>
    campaign.standings
      .filter(({ holder }) => holder !== null)
      .map((standing) => runningLine(visit, campaign, standing)),
  );
  if (lines.length === 0) return null;
  return section(visit.translate('web.home.running'), html`<ul class="todo">${lines}</ul>`, 'running');
}

function runningLine(visit: Visit, { key, name }: CampaignSeen, standing: Standing): Html {
  const { translate } = visit;
  const { counts, record, ratePerSecond, sandbox } = standing;
  const done = counts.recipients - counts.pending - counts.sending;
  const text = translate('web.running.done', { done, all: counts.recipients });
  const rate =
    ratePerSecond === null
      ? null
      : html`<p class="soft">${translate('web.running.rate', { rate: Math.round(ratePerSecond) })}</p>`;
  return html`<li><div><p><a class="what" href="${campaignPath(key)}">${foreign(name)}</a>${sandbox ? html` ${sandboxTag(visit)}` : null}</p>${progressBar(done, counts.recipients, text)}${record.waiting === null ? rate : html`<p>${translate(record.waiting)}</p>`}</div></li>`;
}

function campaigns(visit: Visit, seen: readonly CampaignSeen[]): Html {
  const { translate, format } = visit;
  const columns = [
    { title: translate('web.column.campaign') },
    { title: translate('web.column.stand') },
    { title: translate('web.column.people'), number: true as const },
    { title: translate('web.column.accepted'), number: true as const },
    { title: translate('web.column.last-run') },
  ];
  const rows = recentFirst(seen).flatMap((campaign) => {
    const link = html`<a href="${campaignPath(campaign.key)}">${foreign(campaign.name)}</a>`;
    if (campaign.standings.length === 0) return [[link, standTag(visit, campaign, null), '', '', '']];
    return campaign.standings.map((standing) => {
      const { counts, lastRun, sandbox } = standing;
      const when = lastRun === null ? '' : moment(lastRun.startedAt, format.moment(lastRun.startedAt));
      const named = sandbox ? html`${link} ${sandboxTag(visit)}` : link;
      return [
        named,
        standTag(visit, campaign, standing),
        format.count(counts.recipients),
        format.count(counts.accepted),
        when,
      ];
    });
  });
  return section(
    translate('web.home.campaigns'),
    table(translate('web.home.caption'), columns, rows),
    'campaigns',
  );
}

/** Those that something happened to last stand first; those that were never sent behind them, by name. */
function recentFirst(seen: readonly CampaignSeen[]): readonly CampaignSeen[] {
  const lastAt = ({ standings }: CampaignSeen): number =>
    Math.max(0, ...standings.map(({ lastRun, record }) => lastRun?.startedAt ?? record.createdAt));
  return seen.toSorted((a, b) => lastAt(b) - lastAt(a) || a.name.localeCompare(b.name));
}

function sandboxTag({ translate }: Visit): Html {
  return tag(translate('web.sandbox'), 'uncertain');
}
