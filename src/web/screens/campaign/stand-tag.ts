import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import { isSending, leftInFlight, type Standing } from '../../../app/overview/standing.js';
import { haltThatHolds } from '../../../core/campaign-needs.js';
import { needsPerson } from '../../../core/counts.js';
import { type Html, html } from '../../../markup/markup.js';
import { type Tone, tag } from '../../views/banner.js';
import { buttonLink } from '../../views/fields.js';
import type { Visit } from '../../visit.js';
import { type CampaignTab, campaignPath } from './paths.js';

/**
 * What begins by itself: at its time, when another campaign of the sender has ended, or in a moment; `late`: what would have, and
 * waits for a person's word; null: nothing does.
 */
export type Ahead = 'scheduled' | 'in-line' | 'starting' | 'late' | null;

/** Where a campaign stands, in a word. `standing` null: it was never sent. */
export function standTag(
  { translate }: Visit,
  campaign: Pick<CampaignSeen, 'problems'>,
  standing: StandFacts | null,
  ahead: Ahead,
): Html {
  const [code, tone] = standOf(campaign, standing, ahead);
  return tag(translate(code), tone);
}

/** Where its work goes on: the tab as a button; null where nothing is left to do, or the visitor may not. */
export function nextStep(
  visit: Visit,
  campaign: Pick<CampaignSeen, 'problems' | 'key'>,
  standing: (StandFacts & Pick<Standing, 'sandbox'>) | null,
  ahead: Ahead,
): Html | null {
  const [code] = standOf(campaign, standing, ahead);
  const tab = NEXT[code];
  if (tab === null) return null;
  const rehearsal = standing?.sandbox && tab !== 'send' ? '?sandbox=yes' : '';
  const link = buttonLink(
    visit,
    `${campaignPath(campaign.key, tab)}${rehearsal}`,
    visit.translate(`web.tab.${tab}`),
  );
  return link === null ? null : html`<p>${link}</p>`;
}

/** What tells where it stands. */
type StandFacts = Pick<Standing, 'record' | 'counts' | 'holder' | 'lastRun'>;

const NEXT = {
  'web.stand.new': 'send',
  'web.stand.broken': null,
  'web.stand.scheduled': 'live',
  'web.stand.late': 'live',
  'web.stand.running': 'live',
  'web.stand.waiting': 'live',
  'web.stand.at-work': 'live',
  'web.stand.paused': 'live',
  'web.stand.canceled': null,
  'web.stand.halted': 'live',
  'web.stand.unfinished': 'send',
  'web.stand.look': 'people',
  'web.stand.done': null,
} as const satisfies Readonly<Record<string, CampaignTab | null>>;

type Stand = readonly [keyof typeof NEXT, Tone];

function standOf(
  { problems }: Pick<CampaignSeen, 'problems'>,
  standing: StandFacts | null,
  ahead: Ahead,
): Stand {
  const said = standing === null ? null : saidOf(standing);
  if (said !== null) return said;
  if (standing === null && problems.length > 0) return ['web.stand.broken', 'refused'];
  if (ahead === 'late') return ['web.stand.late', 'refused'];
  if (ahead !== null)
    return [ahead === 'scheduled' ? 'web.stand.scheduled' : 'web.stand.waiting', 'accepted'];
  return standing === null ? ['web.stand.new', 'quiet'] : leftOf(standing);
}

/** What holds whatever else is to come: a person's word, and a run that goes on. */
function saidOf(standing: StandFacts): Stand | null {
  const { record, holder } = standing;
  if (record.control === 'canceled') return ['web.stand.canceled', 'quiet'];
  if (record.control === 'paused') return ['web.stand.paused', 'uncertain'];
  if (holder === null) return null;
  if (!isSending(standing)) return ['web.stand.at-work', 'accepted'];
  return record.waiting === null ? ['web.stand.running', 'accepted'] : ['web.stand.waiting', 'accepted'];
}

/** What the last run left. */
function leftOf(standing: StandFacts): Stand {
  const { record, counts, lastRun } = standing;
  if (haltThatHolds(record) !== null) return ['web.stand.halted', 'refused'];
  // Before its list is in, a campaign owes to people whom nobody has counted.
  if (counts.pending > 0 || counts.recipients + counts.rejected === 0)
    return lastRun === null ? ['web.stand.new', 'quiet'] : ['web.stand.unfinished', 'uncertain'];
  return needsPerson(counts) || leftInFlight(standing) > 0
    ? ['web.stand.look', 'uncertain']
    : ['web.stand.done', 'accepted'];
}
