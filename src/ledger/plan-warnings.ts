import type { PlannedCampaign } from '../core/ledger/imports.js';
import type { Problem } from '../core/problem.js';
import type { LedgerDatabase } from './open-ledger.js';
import { repeatedInLedger } from './repeated-messages.js';

/** What the ledger finds odd about a campaign that it has imported. */
export function ledgerWarnings(
  db: LedgerDatabase,
  campaign: PlannedCampaign & { readonly id: number },
  at: number,
): readonly Problem[] {
  return [...sameNameWarnings(db, campaign), ...repeatedInLedger(db, campaign, at)];
}

/** The provider groups by campaignName: two campaigns under one name cannot be told apart there. */
export function sameNameWarnings(db: LedgerDatabase, campaign: PlannedCampaign): readonly Problem[] {
  if (campaign.campaignName === null) return [];
  const other = db
    .prepare('SELECT name FROM campaigns WHERE workspace = ? AND campaign_name = ? AND id IS NOT ? LIMIT 1')
    .pluck()
    .get(campaign.workspace, campaign.campaignName, campaign.id);
  if (typeof other !== 'string') return [];
  return [{ code: 'warning.same-campaign-name', params: { campaignName: campaign.campaignName, other } }];
}
