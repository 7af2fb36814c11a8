import type { Conversation } from '../../src/core/conversation.js';

/** A conversation on WhatsApp with somebody who takes broadcasts, and what a test changes about it. */
export function conversation(change: Partial<Conversation> = {}): Conversation {
  const typedPhone = change.typedPhone === undefined ? '+51987654321' : change.typedPhone;
  return {
    provider: 'chatbotx',
    id: 'c1',
    addressKind: typedPhone === null ? 'none' : 'phone',
    phone: typedPhone?.replace(/\D/gu, '') ?? null,
    name: 'Ana Flores',
    firstName: 'Ana',
    lastName: 'Flores',
    email: null,
    channel: 'whatsapp',
    status: null,
    tags: ['vip', 'lima'],
    createdAt: null,
    lastActivityAt: Date.UTC(2026, 0, 2),
    windowOpen: false,
    spam: false,
    blocked: false,
    blockedAt: null,
    archived: false,
    subscribed: true,
    contactRepliedAt: null,
    untold: [],
    raw: { contact: { city: 'Lima' }, n: 0 },
    ...change,
    typedPhone,
  };
}
