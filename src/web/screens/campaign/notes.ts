import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import { isSending, type Standing } from '../../../app/overview/standing.js';
import type { Problem } from '../../../core/problem.js';
import type { PlainCode } from '../../../locales/index.js';
import { type Html, html } from '../../../markup/markup.js';
import { callout } from '../../views/banner.js';
import { problemList } from '../../views/problems.js';
import type { Visit } from '../../visit.js';
import { isEntered, launchOf, type SeenLaunch } from '../live/launch-of.js';
import { type CampaignTab, campaignPath } from './paths.js';

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

/**
 * What comes for people of a change that is made now: a run that goes on, is paused, or is asked about, sends what it was started
 * with; a machine goes on with what was confirmed; a launch that has not begun sends that, or nothing.
 */
export async function changeNote(visit: Visit, seen: CampaignSeen): Promise<Html | null> {
  const code = await changeCode(visit, seen);
  if (code === null) return null;
  const live = html`<a href="${campaignPath(seen.key, 'live')}">${visit.translate('web.tab.live')}</a>`;
  return callout('uncertain', html`<p>${visit.translate(code)}</p><p>${live}</p>`);
}

async function changeCode(visit: Visit, seen: CampaignSeen): Promise<PlainCode | null> {
  const real = seen.standings.filter(({ sandbox }) => !sandbox);
  const held = real.filter(({ holder }) => holder !== null);
  if (held.some(({ record }) => record.control === 'paused')) return 'web.run-paused';
  if (held.length > 0) return held.some(isSending) ? 'web.run-meanwhile' : 'web.work-meanwhile';
  const own = real[0] ?? null;
  const entered = await isEntered(visit, own);
  if (entered.ok && entered.value)
    return own?.record.control === 'paused' ? 'web.run-paused' : 'web.entered-meanwhile';
  const launch = await launchOf(visit, seen, false);
  // What cannot be read is told by whatever needs it.
  if (!launch.ok || launch.value === null) return null;
  return BEFORE_IT.has(launch.value.stand) ? 'web.launch-meanwhile' : null;
}

const BEFORE_IT: ReadonlySet<SeenLaunch['stand']> = new Set(['scheduled', 'late', 'in-line', 'starting']);

/**
 * Says that nobody got anything; leads from what was sent to its rehearsal, and back.
 *
 * @param shown what the tab is about; null: it was never sent
 */
export function rehearsalNote(
  { translate }: Visit,
  { key, standings }: CampaignSeen,
  shown: Standing | null,
  tab: CampaignTab,
): Html | null {
  const path = campaignPath(key, tab);
  const isRehearsal = shown?.sandbox ?? false;
  const other = standings.find(({ sandbox }) => sandbox !== isRehearsal);
  if (isRehearsal) {
    const real = other === undefined ? null : html` <a href="${path}">${translate('web.people.to-real')}</a>`;
    return callout('uncertain', html`<p>${translate('web.live.rehearsal')}${real}</p>`);
  }
  return other === undefined
    ? null
    : html`<p class="soft"><a href="${path}?sandbox=yes">${translate('web.people.to-rehearsal')}</a></p>`;
}
