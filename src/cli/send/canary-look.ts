import type { Campaign } from '../../core/campaign.js';
import type { CampaignRecord } from '../../ledger/campaign-records.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import { SqliteReconcileLedger } from '../../ledger/reconcile-ledger.js';
import { confirmListed } from '../../run/confirm-listed.js';
import { systemClock } from '../clock.js';
import { operatorName } from '../control/control-command.js';
import { readClocks } from '../machine-clocks.js';
import { orFail } from '../problems.js';
import { providerList } from '../reconcile/provider-list.js';
import type { Target } from '../target.js';
import { senderOf } from '../workspace.js';

/** What a look at the first messages stands on. */
export interface CanaryLook {
  readonly db: LedgerDatabase;
  readonly campaign: Campaign;
  readonly target: Target;
  readonly record: CampaignRecord;
  /** Ends the reading. */
  readonly stop: AbortSignal;
}

/** A workspace may have a list of hours: what was found by then has to do, because a campaign waits for it. */
const LONGEST_LOOK_MS = 60_000;

/**
 * Writes what the provider's list says of the first messages before the canary is judged: an acceptance may have
 * failed since. A list that cannot be read stops nothing.
 */
export async function canaryLook({ db, campaign, target, record, stop }: CanaryLook): Promise<void> {
  const list = providerList(campaign, target);
  const { id: campaignId, workspace } = record;
  const sender = senderOf(target.baseUrl, target.workspace);
  const ledger = new SqliteReconcileLedger(db, { campaignId, workspace, sender }, readClocks);
  const signal = AbortSignal.any([stop, AbortSignal.timeout(LONGEST_LOOK_MS)]);
  try {
    const { scan } = orFail(
      await confirmListed({ ledger, list, clock: systemClock, signal }, operatorName()),
    );
    orFail(await ledger.forgetRecords(scan.id));
  } finally {
    await list.close();
  }
}
