import {
  type Address,
  addressOf,
  type Conversation,
  type RawRecord,
  textOrNull,
} from '../../core/conversation.js';
import { momentOf } from '../../core/moments.js';
import type { PlaticaRecord } from './record.js';

/** The shortest phone that is taken from `conversationId`, which may also be an id. */
const FEWEST_DIGITS = 10;

/** A record of Platica in the common shape. */
export function platicaConversation(record: PlaticaRecord, raw: RawRecord): Conversation {
  const status = textOrNull(record.status);
  return {
    provider: 'platica',
    id: record.id ?? '',
    ...contactOf(record),
    name: textOrNull(record.contactName),
    firstName: null,
    lastName: null,
    email: null,
    channel: textOrNull(record.platform)?.toLowerCase() ?? null,
    status,
    tags: record.tags,
    createdAt: momentOf(record.creationDate),
    lastActivityAt: momentOf(record.lastUpdate),
    windowOpen: record.canSendDirectMessage,
    spam: status?.toLowerCase() === 'spam',
    blocked: false,
    blockedAt: null,
    archived: false,
    subscribed: null,
    contactRepliedAt: null,
    untold: raw['status'] === undefined ? ['spam'] : [],
    raw,
  };
}

/** `phoneNumber`, or `conversationId` where that is the customer's phone. */
function contactOf(record: PlaticaRecord): Address {
  const phone = addressOf(record.phoneNumber);
  if (phone.addressKind !== 'none') return phone;
  const id = addressOf(record.conversationId);
  const isPhone = id.phone !== null && /^\d+$/u.test(id.phone) && id.phone.length >= FEWEST_DIGITS;
  if (id.addressKind !== 'phone') return id;
  return isPhone ? id : { addressKind: 'hash', phone: null, typedPhone: null };
}
