import type { OpenApproval } from '../../../app/approval/look-at-approval.js';
import type {
  CampaignList,
  CampaignStand,
  ChangedLaunch,
  FirstLaunch,
  ListedCampaign,
} from '../../../app/home/list-campaigns.js';
import { SANDBOX_WORKSPACE } from '../../../app/workspace.js';
import type { CampaignNeed } from '../../../core/campaign-needs.js';
import { forPage } from '../../page-words.js';
import type { Tone } from '../../views/banner.js';
import { problemText } from '../../views/problems.js';
import type { Visit } from '../../visit.js';
import type { CampaignTab } from '../campaign/paths.js';
import { isRehearsal, listedPath, standsOf } from './listed.js';

/** Something that waits for a person. */
export interface Need {
  readonly campaign: string;
  readonly sandbox: boolean;
  readonly text: string;
  readonly tone: 'refused' | 'uncertain' | 'quiet';
  /** Where something can be done about it. */
  readonly href: string;
}

/** Everything that waits for a person: what was really sent before rehearsals, and what is worst first. */
export function needsOf(
  visit: Visit,
  { campaigns, changed, first }: CampaignList,
  approvals: readonly OpenApproval[],
): readonly Need[] {
  const needs = campaigns.flatMap((campaign) => [
    ...approvals
      .filter(({ approval }) => approval.campaign === campaign.name)
      .map((open) => toApprove(visit, campaign, open)),
    ...brokenFile(visit, campaign),
    ...changed
      .filter(({ launch }) => launch.name === campaign.name)
      .map((one) => toConfirm(visit, campaign, one)),
    ...first
      .filter(({ launch }) => launch.name === campaign.name)
      .flatMap((one) => ofFirst(visit, campaign, one)),
    ...standsOf(campaign).flatMap((stand) => ofStand(visit, campaign, stand)),
  ]);
  const order: readonly Tone[] = ['refused', 'uncertain', 'quiet'];
  return needs.toSorted(
    (a, b) => Number(a.sandbox) - Number(b.sandbox) || order.indexOf(a.tone) - order.indexOf(b.tone),
  );
}

/** Who may answer is told so; everybody else sees that it waits. */
function toApprove(visit: Visit, campaign: ListedCampaign, { approval, own }: OpenApproval): Need {
  const { translate, may } = visit;
  const isForMe = !own && may('approve');
  const params = { by: approval.askedBy, count: approval.people };
  return {
    campaign: campaign.name,
    sandbox: false,
    text: translate(isForMe ? 'web.need.approve' : 'web.need.approval-waits', params),
    tone: isForMe ? 'uncertain' : 'quiet',
    href: listedPath(campaign, 'send'),
  };
}

function brokenFile(visit: Visit, campaign: ListedCampaign): readonly Need[] {
  const [first] = campaign.problems;
  if (first === undefined) return [];
  const text = visit.translate('web.need.file', { problem: problemText(visit, first) });
  const href = listedPath(campaign, 'overview');
  return [{ campaign: campaign.name, sandbox: false, text, tone: 'refused', href }];
}

/** What begins by itself, and will be refused. */
function toConfirm({ translate }: Visit, campaign: ListedCampaign, { launch, by }: ChangedLaunch): Need {
  const sandbox = launch.workspace === SANDBOX_WORKSPACE;
  const text = translate('web.need.changed', { by });
  return { campaign: campaign.name, sandbox, text, tone: 'refused', href: listedPath(campaign, 'live') };
}

/** What was to be sent for the first time, and was not. */
function ofFirst(visit: Visit, campaign: ListedCampaign, { launch, needs }: FirstLaunch): readonly Need[] {
  const sandbox = launch.workspace === SANDBOX_WORKSPACE;
  const address = (tab: CampaignTab): string =>
    `${listedPath(campaign, tab)}${sandbox ? '?sandbox=yes' : ''}`;
  return needs.map((one) => {
    const [text, tone, tab] = wordsFor(visit, one);
    return { campaign: campaign.name, sandbox, text, tone, href: address(tab) };
  });
}

function ofStand(visit: Visit, campaign: ListedCampaign, stand: CampaignStand): readonly Need[] {
  const { translate } = visit;
  const { counts, holder, record, lastRun } = stand;
  const need = (text: string, tone: Need['tone'], tab: CampaignTab): Need => ({
    campaign: campaign.name,
    sandbox: isRehearsal(stand),
    text,
    tone,
    href: listedPath(campaign, tab, stand),
  });
  const told = stand.needs.map((one) => need(...wordsFor(visit, one)));
  if (record.control === 'paused') return [...told, need(translate('web.need.paused'), 'quiet', 'live')];
  const isTold = stand.needs.some(({ kind }) => kind === 'halted' || kind === 'died' || kind === 'late');
  const goesOn = holder !== null || stand.launch?.endedAt === null;
  if (counts.pending === 0 || lastRun === null || record.control === 'canceled' || isTold || goesOn)
    return told;
  // A rehearsal goes on where it is told as one: in “Check and send”, people would get it.
  const tab = isRehearsal(stand) ? 'live' : 'send';
  return [...told, need(translate('web.need.unsent', { count: counts.pending }), 'quiet', tab)];
}

/** What is said of it, how urgent it is, and where something can be done about it. */
function wordsFor(visit: Visit, need: CampaignNeed): [string, Need['tone'], CampaignTab] {
  const { translate, format } = visit;
  switch (need.kind) {
    case 'uncertain':
      return [translate('web.need.uncertain', { count: need.count }), 'uncertain', 'people'];
    case 'halted':
      return [translate(forPage(translate, need.halt)), 'refused', 'live'];
    case 'died':
      return [translate('web.need.died'), 'refused', 'live'];
    case 'late': {
      const moment = format.moment(need.launch.startAt ?? need.launch.askedAt);
      return [translate('web.need.late', { moment }), 'refused', 'live'];
    }
    case 'refused': {
      const [first] = need.problems;
      const text = first === undefined ? translate('web.live.refused') : problemText(visit, first);
      return [translate('web.need.refused', { problem: text }), 'refused', 'live'];
    }
    case 'failed':
      return [translate('web.need.failed', { count: need.count }), 'uncertain', 'people'];
    case 'exhausted':
      return [translate('web.need.exhausted', { count: need.count }), 'uncertain', 'people'];
  }
}
