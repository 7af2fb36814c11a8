import type { CampaignIdentity } from '../../core/campaign.js';
import { columnKey } from '../../core/column-key.js';
import type { CampaignEntry, CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Problem } from '../../core/problem.js';

/**
 * What was edited that may not be once people got the campaign. With another template, type or campaignName it would be
 * another campaign to them; with another key, everybody would be somebody new.
 */
export function identityChanges(known: CampaignRecord, entry: CampaignEntry): readonly Problem[] {
  const changes = changesOf(known, entry);
  const key = keyChange(known.keyColumn, entry.keyColumn);
  const at = { file: entry.file };
  const params = { name: entry.name, changes: changes.join(', ') };
  return [
    ...(changes.length === 0 ? [] : [{ code: 'campaign.changed-after-send', params, at } as const]),
    ...(key === null ? [] : [{ code: key, params: { name: entry.name, ...keys(known, entry) }, at }]),
  ];
}

/** The edited fields, as `template "old" → "new"`. */
function changesOf(known: CampaignIdentity, next: CampaignIdentity): readonly string[] {
  const fields = ['template', 'type', 'campaignName'] as const;
  return fields
    .filter((field) => known[field] !== next[field])
    .map((field) => `${field} "${known[field] ?? ''}" → "${next[field] ?? ''}"`);
}

type KeyChange = 'campaign.key-added' | 'campaign.key-changed' | 'campaign.key-removed';

/** Two spellings of one column are no change. */
function keyChange(before: string | null, after: string | null): KeyChange | null {
  if (before === null) return after === null ? null : 'campaign.key-added';
  if (after === null) return 'campaign.key-removed';
  return columnKey(before) === columnKey(after) ? null : 'campaign.key-changed';
}

function keys(known: CampaignRecord, next: CampaignEntry): { before: string; after: string } {
  return { before: known.keyColumn ?? '', after: next.keyColumn ?? '' };
}
