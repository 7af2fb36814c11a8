import { readJson } from '../../core/bounded-json.js';
import {
  type Address,
  addressOf,
  type Conversation,
  type RawRecord,
  textOrNull,
} from '../../core/conversation.js';
import { momentOf } from '../../core/moments.js';
import type { PlazbotRecord } from './list-record.js';

/** Names under which a send's body carries the person's number, here and at WhatsApp. */
const DESTINATION_KEYS = ['destination', 'to', 'recipient', 'phone'] as const;

/**
 * A record of Plazbot's list in the common shape. A record is a template that was sent, not a dialogue: its last
 * activity is the send, and replies, windows and consent are not in it.
 */
export function plazbotConversation(record: PlazbotRecord, raw: RawRecord): Conversation {
  const { address, name } = customerOf(record);
  const createdAt = momentOf(record.creationDate);
  return {
    provider: 'plazbot',
    id: record.id ?? '',
    ...address,
    name,
    firstName: null,
    lastName: null,
    email: null,
    channel: 'whatsapp',
    status: textOrNull(record.responseStatus),
    tags: [],
    createdAt,
    lastActivityAt: createdAt,
    windowOpen: null,
    spam: false,
    blocked: false,
    blockedAt: null,
    archived: false,
    subscribed: null,
    contactRepliedAt: null,
    untold: [],
    raw,
  };
}

/**
 * Who was written to. Plazbot does not document which of its two numbers is the customer's, so the request that it
 * keeps decides; without one it is taken to be `internalWhatsappNumber`, then `platformSenderPhone`.
 */
function customerOf(record: PlazbotRecord): { readonly address: Address; readonly name: string | null } {
  const internal = addressOf(record.internalWhatsappNumber);
  const sender = addressOf(record.platformSenderPhone);
  const destination = destinationOf(record.requestBody);
  const senderName = textOrNull(record.platformSenderName);
  if (destination !== null && destination.phone === sender.phone)
    return { address: sender, name: senderName };
  if (destination !== null) return { address: destination, name: null };
  return internal.addressKind === 'none'
    ? { address: sender, name: senderName }
    : { address: internal, name: null };
}

function destinationOf(requestBody: string | null): Address | null {
  const body = jsonObject(requestBody);
  if (body === null) return null;
  const found = DESTINATION_KEYS.map((key) => body[key]).find(
    (value): value is string => typeof value === 'string' && addressOf(value).addressKind === 'phone',
  );
  return found === undefined ? null : addressOf(found);
}

/** An object out of JSON, also when it was encoded twice; null when it is none. */
function jsonObject(text: string | null): Record<string, unknown> | null {
  let value: unknown = text;
  for (let depth = 0; depth < 2 && typeof value === 'string'; depth += 1) {
    const read = readJson(value);
    if (read.kind !== 'value') return null;
    value = read.value;
  }
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}
