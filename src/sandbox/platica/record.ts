import { fingerprint } from '../chance.js';
import type { Person } from '../seeds/person.js';

const WINDOW_MS = 24 * 3_600_000;

/** The workspaces of Platica; a third of the people belong to the second. */
export const WORKSPACES = [
  { id: 'ws_001', name: 'Ventas' },
  { id: 'ws_002', name: 'Soporte Técnico' },
] as const;

/** The workspace of a person. */
export function workspaceIdOf(person: Person): string {
  return WORKSPACES[person.number % 3 === 0 ? 1 : 0].id;
}

/** The channel of a person: one for each platform and workspace. */
export function channelIdOf(person: Person): string {
  return `channel_${person.channel}_${workspaceIdOf(person).slice(-1)}`;
}

/** A person as Platica lists the conversation. Every second conversation has the phone as its public id. */
export function platicaRecord(person: Person, now: number) {
  const { number, phone, alias, contactRepliedAt } = person;
  const publicId = number % 2 === 0 ? phone : null;
  return {
    id: `conv_${String(number).padStart(6, '0')}`,
    conversationId: publicId ?? alias ?? fingerprint('conversation', String(number)),
    canSendDirectMessage: contactRepliedAt !== null && now - contactRepliedAt < WINDOW_MS,
    workspaceId: workspaceIdOf(person),
    channelId: channelIdOf(person),
    contactName: `${person.firstName} ${person.lastName}`,
    // A person who hides the number has the user id in its place.
    phoneNumber: phone ?? alias,
    topic: number % 4 === 0 ? 'Consulta de precios' : 'Seguimiento de pedido',
    platform: person.channel,
    status: statusOf(person, now),
    operation: person.botEnabled ? 'automatic' : 'manual',
    messageCount: 1 + (number % 40),
    messages: [],
    owners: number % 5 === 0 ? [] : [`agente${number % 7}@example.com`],
    tags: person.tags,
    creationDate: new Date(person.createdAt).toISOString(),
    lastUpdate: new Date(person.lastActivityAt).toISOString(),
  };
}

function statusOf(person: Person, now: number): 'spam' | 'active' | 'finished' | 'expired' {
  if (person.spam) return 'spam';
  if (now - person.lastActivityAt < WINDOW_MS) return 'active';
  return person.number % 4 === 0 ? 'expired' : 'finished';
}
