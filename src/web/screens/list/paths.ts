import { campaignPath } from '../campaign/paths.js';

/** What can be said of how a list is read. */
export type ListSetting = 'sheet' | 'delimiter' | 'encoding' | 'phone' | 'country';

/** Where a setting is changed. */
export function changePath(key: string, what: ListSetting): string {
  return `${campaignPath(key, 'list')}/change/${what}`;
}
