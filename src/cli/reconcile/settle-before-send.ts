import type { Campaign } from '../../core/campaign.js';
import type { CampaignRecord } from '../../ledger/campaign-records.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import type { Cli } from '../command.js';
import type { Target } from '../target.js';

/** Looks into the provider's list for what became of uncertain deliveries before a run goes on. */
export async function settleBeforeSend(
  _cli: Cli,
  _db: LedgerDatabase,
  _campaign: Campaign,
  _target: Target,
  _record: CampaignRecord,
): Promise<void> {}
