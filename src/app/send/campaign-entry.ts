import type { Campaign } from '../../core/campaign.js';
import type { CampaignEntry } from '../../core/ledger/campaigns.js';
import type { Target } from '../target.js';

/** What the ledger keeps of a campaign that goes to `target`. */
export function campaignEntry(
  campaign: Campaign,
  target: Pick<Target, 'workspace' | 'baseUrl'>,
): CampaignEntry {
  const { name, file, template, type, campaignName, recipients } = campaign;
  const { workspace, baseUrl } = target;
  return { workspace, name, baseUrl, file, template, type, campaignName, keyColumn: recipients.keyColumn };
}
