import type { Campaign } from '../../core/campaign.js';
import { PlazbotSends } from '../../providers/plazbot/listed-sends.js';
import { systemClock } from '../clock.js';
import type { Target } from '../target.js';

/** The conversation list of the place that a campaign goes to. Close it after use. */
export function providerList(campaign: Campaign, target: Target): PlazbotSends {
  return new PlazbotSends({
    baseUrl: target.baseUrl,
    workspaceId: target.workspaceId,
    apiKey: target.apiKey,
    secrets: target.secrets,
    api: campaign.provider.api,
    clock: systemClock,
    chance: Math.random,
    // The scan paces itself.
    pagesPerSecond: 1_000,
  });
}
