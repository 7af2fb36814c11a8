import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { failed, type Result } from '../../core/problem.js';
import type { ReadCampaign } from '../../core/recipient.js';
import type { App } from '../app.js';
import { withLocks } from '../held-campaign.js';
import { campaignFileOf, knownCampaign } from '../known-campaign.js';
import { type CampaignChoice, withLedger } from '../open-ledger.js';
import { openTarget, type Target } from '../target.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';
import { campaignToAudit } from './campaign-to-audit.js';

/** A campaign whose list is about to be read: no run meets it, and what a dead one left is uncertain now. */
export interface HeldTarget {
  readonly app: App;
  readonly ledger: Ledger;
  readonly read: ReadCampaign;
  readonly target: Target;
  readonly record: CampaignRecord;
}

/**
 * Works with the place that a campaign was sent to, its locks held; the sandbox is started for one that was sent there.
 *
 * @param isAudit a campaign that the ledger does not know is entered by its file
 */
export function withHeldTarget<T>(
  choice: CampaignChoice,
  isAudit: boolean,
  app: App,
  work: (held: HeldTarget) => Promise<Result<T>>,
): Promise<Result<T>> {
  return withLedger(app, 'existing', async (ledger) => {
    const known = await (isAudit
      ? campaignToAudit(choice, ledger, app)
      : knownCampaign(choice.campaign, choice.sandbox, ledger, app));
    if (!known.ok) return known;
    const { record } = known.value;
    const read = await campaignFileOf(known.value, app);
    if (!read.ok) return read;
    const opened = await openTarget(read.value.campaign, record.workspace === SANDBOX_WORKSPACE, app);
    if (!opened.ok) return opened;
    const { target, close } = opened.value;
    try {
      return await withLocks(record, target.baseUrl, ledger, app, async () => {
        if (target.workspace !== record.workspace)
          return failed({ code: 'reconcile.other-workspace', params: { name: record.name } });
        await ledger.runs.recover(record.id, app.clock.now());
        return work({ app, ledger, read: read.value, target, record });
      });
    } finally {
      await close();
    }
  });
}
