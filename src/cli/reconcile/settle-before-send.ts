import type { Campaign } from '../../core/campaign.js';
import type { CampaignRecord } from '../../ledger/campaign-records.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import type { Cli } from '../command.js';
import type { Target } from '../target.js';
import { settle } from './settle.js';
import { showSettled } from './show-settled.js';

/**
 * Looks into the provider's list for what became of uncertain deliveries before a run goes on. A list that cannot
 * be read stops nothing: they stay uncertain, and the run never sends them.
 */
export async function settleBeforeSend(
  cli: Cli,
  db: LedgerDatabase,
  campaign: Campaign,
  target: Target,
  record: CampaignRecord,
  signal: AbortSignal,
): Promise<void> {
  const around = { cli, db, campaign, target, record, resendAbsent: false, pagesPerSecond: null, signal };
  showSettled(await settle(around), cli);
}
