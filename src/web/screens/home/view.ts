import type { OpenApproval } from '../../../app/approval/look-at-approval.js';
import type { CampaignList, CampaignStand, ListedCampaign } from '../../../app/home/list-campaigns.js';
import type { LaunchRecord } from '../../../core/ledger/launches.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { callout, sandboxTag, tag } from '../../views/banner.js';
import { buttonLink } from '../../views/fields.js';
import { actions, moment, section, table } from '../../views/parts.js';
import { problemText } from '../../views/problems.js';
import type { Visit } from '../../visit.js';
import { type Ahead, standTag } from '../campaign/stand-tag.js';
import { isRehearsal, listedPath, standsOf } from './listed.js';
import { needsOf } from './needs.js';
import { running } from './running.js';

/** The whole first page below its heading; asked for again while it is looked at. */
export function homeBody(visit: Visit, list: CampaignList, open: readonly OpenApproval[]): Html {
  const begin = actions(buttonLink(visit, '/new', visit.translate('web.home.new')));
  if (list.campaigns.length === 0) return html`${nothingYet(visit)}${begin}${scheduled(visit, list)}`;
  const moved =
    list.moved === null ? null : callout('refused', html`<p>${problemText(visit, list.moved)}</p>`);
  return html`${moved}${begin}${needs(visit, list, open)}${running(visit, list)}${scheduled(visit, list)}${campaigns(visit, list)}`;
}

function nothingYet({ translate, site }: Visit): Html {
  return html`<p class="lead">${translate('web.home.nothing')}</p><p class="soft">${translate('web.home.folder', { folder: site.campaignsFolder })}</p>`;
}

function needs(visit: Visit, list: CampaignList, open: readonly OpenApproval[]): Html {
  const { translate } = visit;
  const found = needsOf(visit, list, open);
  const lines = found.map(
    ({ campaign, text, tone, href, sandbox }) =>
      html`<li><div><p><a class="what" href="${href}">${foreign(campaign)}</a>${sandbox ? html` ${sandboxTag(visit)}` : null}</p><p>${text}</p></div>${tag(translate(`web.need.tone.${tone}`), tone)}</li>`,
  );
  return section(
    translate('web.home.needs'),
    found.length === 0
      ? html`<p>${translate('web.home.needs-nothing')}</p>`
      : html`<ul class="todo">${lines}</ul>`,
    'needs',
  );
}

/** What begins by itself: at its time, or when another campaign of the sender has ended. */
function scheduled(visit: Visit, { campaigns: listed, launches }: CampaignList): Html | null {
  const { translate, format } = visit;
  const lines = [...launches.inLine, ...launches.scheduled].map((launch) => {
    const campaign = listed.find(({ name }) => name === launch.name);
    const name = foreign(launch.name);
    const shown =
      campaign === undefined
        ? name
        : html`<a class="what" href="${launchPath(campaign, launch)}">${name}</a>`;
    const isDue = launch.startAt === null || launches.inLine.includes(launch);
    const when = isDue
      ? html`${translate('web.home.in-line')}`
      : html`${translate('web.home.begins')} ${moment(launch.startAt, format.moment(launch.startAt))}`;
    const control = standIn(campaign, launch)?.record.control ?? 'go';
    const held = control === 'go' ? null : html`<p>${translate(`web.home.held-${control}`)}</p>`;
    const whom = translate('web.home.confirmed', { count: launch.confirmed, by: launch.by });
    return html`<li><div><p>${shown}</p><p>${when}</p>${held}<p class="soft">${whom}</p></div></li>`;
  });
  if (lines.length === 0) return null;
  const note = html`<p class="soft">${translate('web.home.scheduled-hint')}</p>`;
  return section(translate('web.home.scheduled'), html`<ul class="todo">${lines}</ul>${note}`, 'scheduled');
}

function launchPath(campaign: ListedCampaign, launch: LaunchRecord): string {
  return listedPath(campaign, 'live', standIn(campaign, launch));
}

/** Where the campaign of a launch stands; null: nothing of it is in the ledger. */
function standIn(campaign: ListedCampaign | undefined, launch: LaunchRecord): CampaignStand | null {
  const stands = campaign === undefined ? [] : standsOf(campaign);
  return stands.find(({ record }) => record.workspace === launch.workspace) ?? null;
}

function campaigns(visit: Visit, list: CampaignList): Html {
  const { translate } = visit;
  const columns = [
    { title: translate('web.column.campaign') },
    { title: translate('web.column.stand') },
    { title: translate('web.column.people'), number: true as const },
    { title: translate('web.column.accepted'), number: true as const },
    { title: translate('web.column.last-run') },
  ];
  const rows = list.campaigns.flatMap((campaign) => {
    const stands = standsOf(campaign);
    const link = html`<a href="${listedPath(campaign, 'overview')}">${foreign(campaign.name)}</a>`;
    if (stands.length === 0)
      return [[link, standTag(visit, campaign, null, aheadIn(list, campaign.name, null)), '', '', '']];
    return stands.map((stand) => cellsOf(visit, list, campaign, stand));
  });
  return section(
    translate('web.home.campaigns'),
    table(translate('web.home.caption'), columns, rows),
    'campaigns',
  );
}

/** A campaign that was never sent is in no workspace yet: whatever its name has is its own. */
function aheadIn({ launches, first }: CampaignList, name: string, stand: CampaignStand | null): Ahead {
  const isIts = (launch: LaunchRecord): boolean =>
    launch.name === name && (stand === null || launch.workspace === stand.record.workspace);
  if (launches.scheduled.some(isIts)) return 'scheduled';
  if (launches.late.some(isIts)) return 'late';
  if (launches.inLine.some(isIts) || stand?.isEntered === true) return 'in-line';
  const begins = first.some(
    ({ launch, needs }) => isIts(launch) && launch.endedAt === null && needs.length === 0,
  );
  return begins || stand?.launch?.state === 'starting' ? 'starting' : null;
}

function cellsOf(
  visit: Visit,
  list: CampaignList,
  campaign: ListedCampaign,
  stand: CampaignStand,
): (Html | string)[] {
  const { format } = visit;
  const { counts, repeated, lastRun } = stand;
  const link = html`<a href="${listedPath(campaign, 'overview', stand)}">${foreign(campaign.name)}</a>`;
  const named = isRehearsal(stand) ? html`${link} ${sandboxTag(visit)}` : link;
  const when = lastRun === null ? '' : moment(lastRun.startedAt, format.moment(lastRun.startedAt));
  return [
    named,
    standTag(visit, campaign, stand, aheadIn(list, campaign.name, stand)),
    format.count(counts.recipients - repeated),
    format.count(counts.accepted),
    when,
  ];
}
