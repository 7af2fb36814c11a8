import { waitsForMachine } from '../../../app/control/control-campaign.js';
import { type LaunchLook, lookAtLaunch } from '../../../app/launch/launch-look.js';
import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import type { Standing } from '../../../app/overview/standing.js';
import { isSending } from '../../../app/overview/standing.js';
import { ok, type Result } from '../../../core/problem.js';
import { type Html, html } from '../../../markup/markup.js';
import { agoText } from '../../views/rate.js';
import type { Visit } from '../../visit.js';
import type { Ahead } from '../campaign/stand-tag.js';

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

/** Whether it begins by itself, and what it waits for. */
export function aheadOf(launch: SeenLaunch | null): Exclude<Ahead, 'late'> {
  const stand = launch?.stand;
  return stand === 'scheduled' || stand === 'in-line' || stand === 'starting' ? stand : null;
}

/** Whether nobody works on it, and a computer that waits for campaigns goes on with it by itself. */
export function isEntered({ app }: Visit, standing: Standing | null): Promise<Result<boolean>> {
  const isAlone = standing !== null && standing.holder === null && standing.counts.pending > 0;
  return isAlone ? waitsForMachine(standing.record, app) : Promise.resolve(ok(false));
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

/** Who began the run that goes on or was the last one, and when, where no launch tells it. */
export function startedPart(
  visit: Visit,
  launch: SeenLaunch | null,
  { holder, lastRun }: Pick<Standing, 'holder' | 'lastRun'>,
): Html | null {
  if (launch !== null && launch.stand !== 'over') return null;
  const { translate } = visit;
  const isOwn = holder === null || (lastRun?.pid === holder.pid && lastRun.host === holder.host);
  const by = isOwn ? (lastRun?.by ?? null) : null;
  const since = lastRun?.startedAt ?? 0;
  if (holder === null)
    return by === null
      ? null
      : html`<p class="soft">${translate('web.live.started', { by, ago: agoText(visit, since) })}</p>`;
  const { pid, host } = holder;
  if (!isSending({ holder, lastRun }))
    return html`<p class="soft">${translate('web.live.worker', { pid, host, ago: agoText(visit, holder.since) })}</p>`;
  return html`<p class="soft">${
    by === null
      ? translate('web.live.terminal', { pid, host, ago: agoText(visit, holder.since) })
      : translate('web.live.process', { by, pid, host, ago: agoText(visit, since) })
  }</p>`;
}
