import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import type { Standing } from '../../../app/overview/standing.js';
import { needsPerson } from '../../../core/counts.js';
import type { PlainCode } from '../../../locales/index.js';
import type { Html } from '../../../markup/markup.js';
import { type Tone, tag } from '../../views/banner.js';
import type { Visit } from '../../visit.js';

/** Where a campaign stands, in a word. `standing` null: it was never sent. */
export function standTag(
  { translate }: Visit,
  campaign: Pick<CampaignSeen, 'problems'>,
  standing: StandFacts | null,
): Html {
  const [code, tone] = standing === null ? unsent(campaign) : standOf(standing);
  return tag(translate(code), tone);
}

/** What tells where it stands. */
type StandFacts = Pick<Standing, 'record' | 'counts' | 'holder' | 'lastRun'>;
type Stand = readonly [PlainCode, Tone];

function unsent({ problems }: Pick<CampaignSeen, 'problems'>): Stand {
  return problems.length > 0 ? ['web.stand.broken', 'refused'] : ['web.stand.new', 'quiet'];
}

function standOf({ record, counts, holder, lastRun }: StandFacts): Stand {
  if (record.control === 'canceled') return ['web.stand.canceled', 'quiet'];
  if (record.control === 'paused') return ['web.stand.paused', 'uncertain'];
  if (holder !== null)
    return record.waiting === null ? ['web.stand.running', 'accepted'] : ['web.stand.waiting', 'accepted'];
  if (record.halt !== null) return ['web.stand.halted', 'refused'];
  // Before its list is in, a campaign owes to people whom nobody has counted.
  if (counts.pending + counts.sending > 0 || counts.recipients + counts.rejected === 0)
    return lastRun === null ? ['web.stand.new', 'quiet'] : ['web.stand.unfinished', 'uncertain'];
  return needsPerson(counts) ? ['web.stand.look', 'uncertain'] : ['web.stand.done', 'accepted'];
}
