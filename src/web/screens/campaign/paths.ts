/** The parts of a campaign, in the order of the work. */
export type CampaignTab = 'overview' | 'list' | 'wrong' | 'message' | 'send' | 'live' | 'people';

/** Address of a campaign's page. `key`: what `CampaignSeen` names it by. */
export function campaignPath(key: string, tab: CampaignTab = 'overview'): string {
  const path = `/campaigns/${encodeURIComponent(key)}`;
  return tab === 'overview' ? path : `${path}/${tab}`;
}

/** What can be said of how a list is read. */
export type ListSetting = 'sheet' | 'delimiter' | 'encoding' | 'phone' | 'country';

/** Where a setting is changed. */
export function changePath(key: string, what: ListSetting): string {
  return `${campaignPath(key, 'list')}/change/${what}`;
}

/** What is changed on a page of its own. */
export type MessagePart = 'template' | 'text' | 'attachment' | 'templates' | 'preview';

/** Address of a page about a part of the message. */
export function messagePath(key: string, part: MessagePart): string {
  return `${campaignPath(key, 'message')}/${part}`;
}
