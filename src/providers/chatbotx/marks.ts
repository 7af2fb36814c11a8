import { CHATBOTX_MARKS as MARKS } from '../../core/list-option-tables.js';
import { momentOf } from '../../core/moments.js';
import type { ChatbotxRecord } from './record.js';

/** One of ChatbotX's words. */
export type Mark = (typeof MARKS)[number];

/**
 * The marks that a record shows, by the rules of ChatbotX's own server for `tags`. Stricter than there in one
 * point: a conversation that nobody ever answered or read counts as unanswered and unread, too.
 */
export function marksOf(record: ChatbotxRecord): readonly Mark[] {
  const repliedAt = momentOf(record.contactRepliedAt);
  const isBefore = (moment: string | null): boolean =>
    repliedAt !== null && (momentOf(moment) ?? Number.NEGATIVE_INFINITY) < repliedAt;
  const holds: Readonly<Record<Mark, boolean>> = {
    noAdminReply: isBefore(record.adminRepliedAt),
    unread: isBefore(record.agentLastReadAt),
    followUp: record.followed === true,
    archived: record.archivedAt !== null,
    blocked: record.contact?.blocked === true,
  };
  return MARKS.filter((mark) => holds[mark]);
}
