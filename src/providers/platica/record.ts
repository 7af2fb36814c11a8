import * as z from 'zod';
import type { RawRecord } from '../../core/conversation.js';
import type { RecordFields } from '../../core/conversation-rows.js';
import { flagIn, idIn, listIn, textsIn } from '../http/fields.js';

/** Source: Platica's API reference, "List Conversations". */
const TEXTS = [
  // A hash, or the customer's phone.
  'conversationId',
  'workspaceId',
  'channelId',
  'contactName',
  'phoneNumber',
  'topic',
  // whatsapp, telegram, …
  'platform',
  // active, finished, spam or expired, today.
  'status',
  'operation',
  'creationDate',
  'lastUpdate',
] as const;

/** One conversation of Platica: null stands for what is missing or cannot be read. */
export interface PlaticaRecord extends Readonly<Record<(typeof TEXTS)[number], string | null>> {
  readonly id: string | null;
  /** Whether the 24-hour window is open. */
  readonly canSendDirectMessage: boolean | null;
  readonly tags: readonly string[];
}

/** Reads a record liberally: which fields are needed is for the job at hand to say. */
export function platicaRecordOf(raw: RawRecord): PlaticaRecord {
  return {
    id: idIn(raw),
    ...textsIn(raw, TEXTS),
    canSendDirectMessage: flagIn(raw, 'canSendDirectMessage'),
    tags: listIn(raw, 'tags').filter((tag) => typeof tag === 'string'),
  };
}

/**
 * The answer: every workspace with a page of its own. A key is bound to one workspace, yet a list comes. Without
 * `hasMore` nothing would tell whether this is all.
 */
export const platicaPageSchema = z.looseObject({
  workspaces: z.array(
    z.looseObject({
      conversations: z.array(z.unknown()),
      pagination: z.looseObject({ limit: z.number().optional().catch(undefined), hasMore: z.boolean() }),
    }),
  ),
});

/** Columns of Platica's own. */
export const platicaFields: RecordFields = {
  documented: ['id', ...TEXTS, 'canSendDirectMessage', 'messageCount', 'messages', 'owners', 'tags'],
  shown: ['conversationId', 'workspaceId', 'channelId', 'topic', 'operation', 'messageCount', 'owners'],
};
