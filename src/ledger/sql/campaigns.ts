import type { Campaigns } from '../../core/ledger/ledger.js';
import { ok } from '../../core/problem.js';
import { changesAfterSend, findCampaign, listCampaigns, openCampaign } from './campaign-records.js';
import { cancelCampaign, pauseCampaign, resumeCampaign } from './control.js';
import { countDeliveries } from './counts.js';
import { dailyUse } from './daily-use.js';
import { skippedByReason } from './plan-facts.js';
import { ledgerWarnings } from './repeated-messages.js';
import { requeue } from './requeue.js';
import type { Steps, Store } from './steps.js';

/** The campaigns that were ever sent or imported. What an operator declares is settling. */
export function campaignsIn(store: Store): Omit<Campaigns, 'declare'> {
  const { dialect } = store;
  const takingOut = <T>(steps: () => Steps<T>) => store.together(steps, 'taking-out');
  return {
    list: (name) => store.each(listCampaigns(name)),
    find: (campaign) => store.each(findCampaign(campaign)),
    changesAfterSend: (entry) => store.each(changesAfterSend(entry)),
    // A run of another machine may go on under the names that stand there.
    open: (...asked) => store.together(() => openCampaign(dialect, ...asked), 'owned'),
    pause: (...asked) => takingOut(() => pauseCampaign(dialect, ...asked)),
    resume: (...asked) => takingOut(() => resumeCampaign(dialect, ...asked)),
    cancel: (...asked) => takingOut(() => cancelCampaign(dialect, ...asked)),
    counts: (campaignId) => store.each(countDeliveries(campaignId)),
    skippedByReason: (campaignId) => store.each(skippedByReason(campaignId)),
    dailyUse: (...asked) => store.each(dailyUse(...asked)),
    warnings: (...asked) => store.each(ledgerWarnings(...asked)),
    requeue: async (...asked) => ok(await takingOut(() => requeue(dialect, ...asked))),
  };
}
