import * as z from 'zod';
import type { RawRecord } from '../../core/conversation.js';
import type { RecordFields } from '../../core/conversation-rows.js';
import { flagIn, idIn, isRecord, listIn, recordIn, textIn, textsIn } from '../http/fields.js';

const CONTACT_TEXTS = ['phoneNumber', 'email', 'firstName', 'lastName', 'fullName', 'blockedAt'] as const;
const TEXTS = [
  'createdAt',
  'archivedAt',
  'agentLastReadAt',
  'lastActivityAt',
  'adminRepliedAt',
  'contactRepliedAt',
] as const;

/** Whose conversation it is. */
export interface ChatbotxContact extends Readonly<Record<(typeof CONTACT_TEXTS)[number], string | null>> {
  /** Whether the person is blocked; null: the record does not tell. */
  readonly blocked: boolean | null;
  /** Whether the person takes broadcasts; null: the record does not tell. */
  readonly subscribed: boolean | null;
}

/** One conversation of ChatbotX: null stands for what is missing or cannot be read. */
export interface ChatbotxRecord extends Readonly<Record<(typeof TEXTS)[number], string | null>> {
  readonly id: string | null;
  readonly followed: boolean | null;
  /** Whether it tells when the person wrote last; null is never. */
  readonly tellsReplies: boolean;
  /** Of the contact's inboxes. */
  readonly channels: readonly string[];
  readonly contact: ChatbotxContact | null;
}

/** Reads a record liberally: which fields are needed is for the job at hand to say. */
export function chatbotxRecordOf(raw: RawRecord): ChatbotxRecord {
  const contact = recordIn(raw, 'contact');
  const inboxes = listIn(raw, 'contactInboxes').filter(isRecord);
  return {
    id: idIn(raw),
    ...textsIn(raw, TEXTS),
    followed: flagIn(raw, 'followed'),
    tellsReplies: raw['contactRepliedAt'] !== undefined,
    channels: inboxes.map((inbox) => textIn(inbox, 'channel')).filter((channel) => channel !== null),
    contact: contact === null ? null : contactOf(contact),
  };
}

function contactOf(raw: RawRecord): ChatbotxContact {
  return {
    ...textsIn(raw, CONTACT_TEXTS),
    blocked: isThere(raw['blockedAt']),
    subscribed: isThere(raw['broadcastSubscribedAt']),
  };
}

/** A moment stands for yes, and null for no; a field that is missing tells nothing. */
function isThere(moment: unknown): boolean | null {
  return moment === undefined ? null : moment !== null;
}

/** The answer around the records. Without `nextCursor` nothing would tell whether this is all. */
export const chatbotxPageSchema = z.looseObject({
  data: z.array(z.unknown()),
  nextCursor: z.string().nullable(),
});

/** Source: ChatbotX's API reference, "List conversations". */
const DOCUMENTED = [
  'id',
  'createdAt',
  'updatedAt',
  'botEnabled',
  'botResumeAt',
  'archivedAt',
  'additionalAttributes',
  'contactLastReadAt',
  'agentLastReadAt',
  'lastActivityAt',
  'followed',
  'workspaceId',
  'contactId',
  'adminRepliedAt',
  'contactRepliedAt',
  'contactInboxes',
  'messages',
  'contact',
  'assignedUser',
  'assignedInboxTeam',
  'aiContextLastMessageId',
  'assignedUserId',
  'assignedInboxTeamId',
];

const DOCUMENTED_OF_CONTACT = [
  'id',
  'createdAt',
  'updatedAt',
  'avatar',
  'phoneNumber',
  'email',
  'emailVerified',
  'emailOptIn',
  'firstName',
  'lastName',
  'fullName',
  'lastReadAt',
  'ref',
  'country',
  'state',
  'city',
  'location',
  'locale',
  'timezone',
  'subscribedAt',
  'broadcastSubscribedAt',
  'blockedAt',
  'workspaceId',
];

/** Columns of ChatbotX's own. */
export const chatbotxFields: RecordFields = {
  documented: [...DOCUMENTED, ...DOCUMENTED_OF_CONTACT.map((field) => `contact.${field}`)],
  shown: ['contactId', 'botEnabled', 'followed', 'adminRepliedAt', 'contact.country', 'contact.city'],
};
