import { z } from 'zod';
import type { RecordFields } from '../../core/conversation-rows.js';

const optionalText = z.string().nullable();
const optionalFlag = z.boolean().nullable();
/** A field that must be there and that plazcast only passes on: its documented type is an example's. */
const present = z.custom<unknown>((value) => value !== undefined);

const contactSchema = z.looseObject({
  id: z.string().min(1),
  createdAt: optionalText,
  updatedAt: optionalText,
  avatar: present,
  phoneNumber: optionalText,
  email: optionalText,
  emailVerified: optionalFlag,
  emailOptIn: optionalFlag,
  firstName: optionalText,
  lastName: optionalText,
  fullName: optionalText,
  lastReadAt: optionalText,
  ref: present,
  country: optionalText,
  state: optionalText,
  city: optionalText,
  location: present,
  locale: optionalText,
  timezone: optionalText,
  subscribedAt: optionalText,
  /** Null: the person takes no broadcasts. */
  broadcastSubscribedAt: optionalText,
  blockedAt: optionalText,
  workspaceId: optionalText,
});

const inboxSchema = z.looseObject({
  id: z.string(),
  contactId: optionalText,
  inboxId: optionalText,
  channel: optionalText,
});

/**
 * One conversation of ChatbotX. Every documented field of the record, its contact and its inboxes must be there;
 * others are kept. The insides of `messages`, `assignedUser` and `assignedInboxTeam` are passed on unread.
 * Source: ChatbotX's API reference, "List conversations".
 */
export const chatbotxRecordSchema = z.looseObject({
  id: z.string().min(1),
  createdAt: optionalText,
  updatedAt: optionalText,
  botEnabled: optionalFlag,
  botResumeAt: optionalText,
  archivedAt: optionalText,
  additionalAttributes: present,
  contactLastReadAt: optionalText,
  agentLastReadAt: optionalText,
  lastActivityAt: optionalText,
  followed: optionalFlag,
  workspaceId: optionalText,
  contactId: optionalText,
  adminRepliedAt: optionalText,
  contactRepliedAt: optionalText,
  contactInboxes: z.array(inboxSchema),
  messages: z.array(z.unknown()),
  contact: contactSchema.nullable(),
  assignedUser: present,
  assignedInboxTeam: present,
  aiContextLastMessageId: present,
  assignedUserId: present,
  assignedInboxTeamId: present,
});

/** One conversation, with whatever else the provider put into it. */
export type ChatbotxRecord = z.infer<typeof chatbotxRecordSchema>;

/** The answer around the records. */
export const chatbotxPageSchema = z.looseObject({
  data: z.array(z.unknown()),
  nextCursor: optionalText,
  prevCursor: optionalText,
});

/** Columns of ChatbotX's own. */
export const chatbotxFields: RecordFields = {
  documented: [
    ...Object.keys(chatbotxRecordSchema.shape),
    ...Object.keys(contactSchema.shape).map((field) => `contact.${field}`),
  ],
  shown: ['contactId', 'botEnabled', 'followed', 'adminRepliedAt', 'contact.country', 'contact.city'],
};
