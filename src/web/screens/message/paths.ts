import { campaignPath } from '../campaign/paths.js';

/** What is changed on a page of its own. */
export type MessagePart = 'template' | 'text' | 'attachment' | 'templates' | 'preview';

/** Address of a page about a part of the message. */
export function messagePath(key: string, part: MessagePart): string {
  return `${campaignPath(key, 'message')}/${part}`;
}
