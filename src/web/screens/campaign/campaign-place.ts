import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';

/** Path by which use cases find the campaign: its folder here, or the file that the ledger remembers. */
export function placeOf({ folder, standings, name }: CampaignSeen): string {
  return folder ?? standings[0]?.record.file ?? name;
}
