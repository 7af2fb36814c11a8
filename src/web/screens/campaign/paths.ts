/** The parts of a campaign, in the order of the work. */
export type CampaignTab = 'overview' | 'list' | 'wrong' | 'message' | 'send' | 'live' | 'people';

/** Address of a campaign's page. `key`: what `CampaignSeen` names it by. */
export function campaignPath(key: string, tab: CampaignTab = 'overview'): string {
  const path = `/campaigns/${encodeURIComponent(key)}`;
  return tab === 'overview' ? path : `${path}/${tab}`;
}
