import type { SharedRuns } from '../../core/ledger/shared-runs.js';

/**
 * Campaigns, by their ids, with which a machine that waits goes on by itself: what was confirmed stands in a ledger that machines
 * share, nothing has stopped it, and no other plan was made since.
 */
export async function waitingCampaigns(shared: SharedRuns | null): Promise<ReadonlySet<number>> {
  const waiting = new Set<number>();
  if (shared === null) return waiting;
  for (const { campaignId, halt } of await shared.entered())
    if (halt === null && (await shared.settingsOf(campaignId))?.plannedAnew === false)
      waiting.add(campaignId);
  return waiting;
}
