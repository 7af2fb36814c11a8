import { basename, dirname } from 'node:path';
import type { CampaignStand, ListedCampaign } from '../../../app/home/list-campaigns.js';
import { keyOf } from '../../../app/overview/campaign-seen.js';
import { SANDBOX_WORKSPACE } from '../../../app/workspace.js';
import { type CampaignTab, campaignPath } from '../campaign/paths.js';

/** How each workspace of a campaign stands: what was really sent before its rehearsal. */
export function standsOf({ sent, rehearsed }: ListedCampaign): readonly CampaignStand[] {
  return [sent, rehearsed].filter((stand) => stand !== null);
}

/** It was sent to the sandbox. */
export function isRehearsal({ record }: Pick<CampaignStand, 'record'>): boolean {
  return record.workspace === SANDBOX_WORKSPACE;
}

/** Address of a part of a campaign; `stand`: as it was really sent, or its rehearsal. */
export function listedPath(
  campaign: ListedCampaign,
  tab: CampaignTab,
  stand: Pick<CampaignStand, 'record'> | null = null,
): string {
  const path = campaignPath(listedKey(campaign), tab);
  return stand !== null && isRehearsal(stand) ? `${path}?sandbox=yes` : path;
}

function listedKey(campaign: ListedCampaign): string {
  if (campaign.inFolder) return basename(dirname(campaign.file));
  return keyOf(standsOf(campaign)[0]?.record.id ?? 0);
}
