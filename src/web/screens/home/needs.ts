import type { CampaignSeen } from '../../../app/overview/campaign-overview.js';
import type { Standing } from '../../../app/overview/standing.js';
import type { Tone } from '../../views/banner.js';
import { problemText } from '../../views/problems.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';

/** Something that waits for a person. */
export interface Need {
  readonly key: string;
  readonly campaign: string;
  readonly sandbox: boolean;
  readonly text: string;
  readonly tone: Tone;
  readonly href: string;
}

/** Everything that waits for a person, what is worst first. */
export function needsOf(visit: Visit, seen: readonly CampaignSeen[]): readonly Need[] {
  const needs = seen.flatMap((campaign) => [
    ...brokenFile(visit, campaign),
    ...campaign.standings.flatMap((standing) => ofStanding(visit, campaign, standing)),
  ]);
  const order: readonly Tone[] = ['refused', 'uncertain', 'quiet', 'accepted'];
  return needs.toSorted(
    (a, b) => Number(a.sandbox) - Number(b.sandbox) || order.indexOf(a.tone) - order.indexOf(b.tone),
  );
}

function brokenFile(visit: Visit, { key, name, problems }: CampaignSeen): readonly Need[] {
  const [first] = problems;
  if (first === undefined) return [];
  const text = visit.translate('web.need.file', { problem: problemText(visit, first) });
  return [{ key, campaign: name, sandbox: false, text, tone: 'refused', href: campaignPath(key) }];
}

function ofStanding({ translate }: Visit, { key, name }: CampaignSeen, standing: Standing): readonly Need[] {
  const { counts, holder, record, sandbox, lastRun } = standing;
  const need = (text: string, tone: Tone, href: string): Need => ({
    key,
    campaign: name,
    sandbox,
    text,
    tone,
    href: href + (sandbox ? '?sandbox=yes' : ''),
  });
  const overview = campaignPath(key);
  // A run that goes on settles and repeats by itself; what is left is told when it ended.
  if (holder !== null)
    return record.control === 'paused' ? [need(translate('web.need.paused'), 'quiet', overview)] : [];
  const open = counts.pending + counts.sending;
  const failed = counts.refused + counts.exhausted;
  return [
    ...(record.halt === null ? [] : [need(translate(record.halt), 'refused', overview)]),
    ...(counts.uncertain === 0
      ? []
      : [need(translate('web.need.uncertain', { count: counts.uncertain }), 'uncertain', overview)]),
    ...(failed === 0 ? [] : [need(translate('web.need.failed', { count: failed }), 'uncertain', overview)]),
    ...(counts.rejected === 0 || record.control === 'canceled'
      ? []
      : [need(translate('web.need.rejected', { count: counts.rejected }), 'quiet', overview)]),
    ...(open === 0 || lastRun === null || record.control === 'canceled' || record.halt !== null
      ? []
      : [need(translate('web.need.unsent', { count: open }), 'quiet', overview)]),
  ];
}
