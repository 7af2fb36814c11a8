import { z } from 'zod';
import type { RecordFields } from '../../core/conversation-rows.js';

const optionalText = z.string().nullable();

/**
 * One conversation of Platica. Every documented field must be there; others are kept. Null is accepted where a
 * value can plausibly be absent. Source: Platica's API reference, "List Conversations".
 */
export const platicaRecordSchema = z.looseObject({
  id: z.string().min(1),
  /** A hash, or the customer's phone. */
  conversationId: optionalText,
  /** Whether the 24-hour window is open. */
  canSendDirectMessage: z.boolean().nullable(),
  workspaceId: optionalText,
  channelId: optionalText,
  contactName: optionalText,
  phoneNumber: optionalText,
  topic: optionalText,
  /** whatsapp, telegram, … */
  platform: optionalText,
  /** active, finished, spam or expired, today. */
  status: optionalText,
  operation: optionalText,
  messageCount: z.number().nullable(),
  messages: z.array(z.unknown()).nullable(),
  owners: z.array(z.string()).nullable(),
  tags: z.array(z.string()).nullable(),
  creationDate: optionalText,
  lastUpdate: optionalText,
});

/** One conversation, with whatever else the provider put into it. */
export type PlaticaRecord = z.infer<typeof platicaRecordSchema>;

/** The answer: every workspace with a page of its own. A key is bound to one workspace, yet a list comes. */
export const platicaPageSchema = z.looseObject({
  workspaces: z.array(
    z.looseObject({
      id: z.string(),
      name: optionalText,
      conversations: z.array(z.unknown()),
      conversationsCount: z.number().nullable(),
      pagination: z.looseObject({
        limit: z.number(),
        offset: z.number(),
        hasMore: z.boolean(),
      }),
    }),
  ),
});

/** Columns of Platica's own. */
export const platicaFields: RecordFields = {
  documented: Object.keys(platicaRecordSchema.shape),
  shown: ['conversationId', 'workspaceId', 'channelId', 'topic', 'operation', 'messageCount', 'owners'],
};
