import type { Campaigns } from '../../core/ledger/ledger.js';
import { ok } from '../../core/problem.js';
import { changesAfterSend, findCampaign, listCampaigns, openCampaign } from './campaign-records.js';
import { cancelCampaign, pauseCampaign, resumeCampaign } from './control.js';
import { dailyUse } from './daily-use.js';
import type { Database } from './database.js';
import type { OwnedWrites } from './owned-writes.js';
import { skippedByReason } from './plan-facts.js';
import { ledgerWarnings } from './repeated-messages.js';
import { requeue } from './requeue.js';
import { countDeliveries } from './status.js';

/** The campaigns that were ever sent or imported. What an operator declares is settling. */
export function campaignsIn(db: Database, owned: OwnedWrites): Omit<Campaigns, 'declare'> {
  return {
    list: (name) => listCampaigns(db, name),
    find: (campaign) => findCampaign(db, campaign),
    changesAfterSend: (entry) => changesAfterSend(db, entry),
    // A run of another machine may go on under the names that stand there.
    open: (entry, acceptChanges, at) =>
      owned.transaction((sql) => openCampaign(sql, entry, acceptChanges, at)),
    pause: (...asked) => pauseCampaign(db, ...asked),
    resume: (...asked) => resumeCampaign(db, ...asked),
    cancel: (campaignId, recorded) => cancelCampaign(db, campaignId, recorded),
    counts: (campaignId) => countDeliveries(db, campaignId),
    skippedByReason: (campaignId) => skippedByReason(db, campaignId),
    dailyUse: (workspace, perDay, at) => dailyUse(db, workspace, perDay, at),
    warnings: (campaign, at) => ledgerWarnings(db, campaign, at),
    requeue: async (campaignId, filter, recorded) => ok(await requeue(db, campaignId, filter, recorded)),
  };
}
