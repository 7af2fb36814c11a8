import * as z from 'zod';

/** ChatbotX's words for `tags` and `status`. */
const words = z.array(z.enum(['noAdminReply', 'unread', 'followUp', 'archived', 'blocked']));
const channels = [
  ...['omnichannel', 'webchat', 'messenger', 'whatsapp', 'zalo', 'smtp', 'telegram', 'instagram', 'tiktok'],
] as const;

const schema = z.object({
  botCategory: z.enum(['bot', 'human', 'all']).optional(),
  assignedId: z.string().optional(),
  channel: z.enum(channels).optional(),
  // Read and checked, and then not applied: so does the real server.
  status: words.optional(),
  keyword: z.string().optional(),
  botEnabled: z.enum(['true', 'false']).optional(),
  tags: words.optional(),
  contactFilter: z.record(z.string(), z.unknown()).optional(),
  cursor: z.string().optional(),
  perPage: z.coerce.number().int().positive().optional(),
  sort: z.array(z.record(z.string(), z.unknown())).optional(),
});

/** What a request to ChatbotX's list asks for. */
export type ChatbotxQuery = z.infer<typeof schema>;

const JSON_PARAMETERS = ['status', 'tags', 'contactFilter', 'sort'];

/**
 * Reads the query of ChatbotX's list as its server does: arrays and objects are JSON in one value, decoded
 * once more than the rest, and dropped without a word when that fails. Null: a value is wrong.
 */
export function readChatbotxQuery(query: URLSearchParams): ChatbotxQuery | null {
  const given: Record<string, unknown> = {};
  for (const [name, value] of query) {
    const read = JSON_PARAMETERS.includes(name) ? decodedTwice(value) : value;
    if (read !== undefined && read !== null && read !== '') given[name] = read;
  }
  const parsed = schema.safeParse(given);
  return parsed.success ? parsed.data : null;
}

function decodedTwice(value: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(value));
  } catch {
    return undefined;
  }
}

const place = z.object({ lastActivityAt: z.number(), id: z.number() });

/** The last record of a page: the next one begins after it. */
export type ChatbotxPlace = z.infer<typeof place>;

/** A cursor for a place. */
export function cursorOf(at: ChatbotxPlace): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url');
}

/**
 * The place of a cursor; null for one that cannot be read: then the list begins again, as on the real server.
 */
export function placeOf(cursor: string | undefined): ChatbotxPlace | null {
  if (cursor === undefined) return null;
  try {
    const parsed = place.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
