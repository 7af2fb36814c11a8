import {
  addressOf,
  type Conversation,
  type RawRecord,
  textOrNull,
  type UntoldMark,
} from '../../core/conversation.js';
import { momentOf } from '../../core/moments.js';
import { marksOf } from './marks.js';
import type { ChatbotxRecord } from './record.js';

/** WhatsApp's service window: 24 hours from the person's last message. */
const WINDOW_MS = 24 * 60 * 60_000;

/**
 * A record of ChatbotX in the common shape. Its tags are the marks it shows, its status the weightiest of them.
 * ChatbotX does not tell whether WhatsApp's window is open: it follows from the person's last message.
 */
export function chatbotxConversation(
  record: ChatbotxRecord,
  raw: RawRecord,
  receivedAt: number,
): Conversation {
  const { contact } = record;
  const channel = channelOf(record);
  const contactRepliedAt = momentOf(record.contactRepliedAt);
  const marks = marksOf(record);
  const sinceReplyMs = contactRepliedAt === null ? Number.POSITIVE_INFINITY : receivedAt - contactRepliedAt;
  return {
    provider: 'chatbotx',
    id: record.id ?? '',
    ...addressOf(contact?.phoneNumber),
    name: nameOf(contact),
    firstName: textOrNull(contact?.firstName),
    lastName: textOrNull(contact?.lastName),
    email: textOrNull(contact?.email),
    channel,
    status: marks.at(-1) ?? null,
    tags: marks,
    createdAt: momentOf(record.createdAt),
    lastActivityAt: momentOf(record.lastActivityAt),
    windowOpen: channel === 'whatsapp' && record.tellsReplies ? sinceReplyMs < WINDOW_MS : null,
    spam: false,
    blocked: marks.includes('blocked'),
    blockedAt: momentOf(contact?.blockedAt),
    archived: marks.includes('archived'),
    subscribed: contact?.subscribed ?? null,
    contactRepliedAt,
    untold: untoldBy(record),
    raw,
  };
}

function nameOf(contact: ChatbotxRecord['contact']): string | null {
  const parts = [textOrNull(contact?.firstName), textOrNull(contact?.lastName)];
  return textOrNull(contact?.fullName) ?? textOrNull(parts.filter((part) => part !== null).join(' '));
}

function untoldBy({ contact, tellsReplies }: ChatbotxRecord): readonly UntoldMark[] {
  const untold: UntoldMark[] = [];
  if (contact?.blocked === null) untold.push('blocked');
  if (contact?.subscribed === null) untold.push('unsubscribed');
  if (!tellsReplies) untold.push('replied');
  return untold;
}

/** WhatsApp where the contact has it, else the first channel. */
function channelOf(record: ChatbotxRecord): string | null {
  const channels = record.channels.flatMap((channel) => textOrNull(channel)?.toLowerCase() ?? []);
  return channels.find((channel) => channel === 'whatsapp') ?? channels[0] ?? null;
}
