import type { Person } from '../seeds/person.js';

const WORKSPACE_ID = '7001';

/** An agent who looks after some of the people. */
const AGENT = { id: '501', name: 'Marta Ríos', email: 'marta@example.com' };
/** A team that looks after others. */
const TEAM = { id: '601', name: 'Ventas' };

/** Who looks after a person: an agent, a team, or nobody. */
export function assigneeOf(person: Person): 'agent' | 'team' | 'nobody' {
  if (person.number % 4 === 0) return 'agent';
  return person.number % 4 === 1 ? 'team' : 'nobody';
}

/** A moment as ChatbotX writes it. */
function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** A person as ChatbotX lists the conversation, with every documented field. */
export function chatbotxRecord(person: Person) {
  const id = String(100_000 + person.number);
  const contactId = String(200_000 + person.number);
  const assignee = assigneeOf(person);
  return {
    id,
    ...stamps(person),
    botEnabled: person.botEnabled,
    botResumeAt: null,
    archivedAt: iso(person.archivedAt),
    additionalAttributes: null,
    contactLastReadAt: iso(person.contactRepliedAt),
    agentLastReadAt: iso(person.agentLastReadAt),
    lastActivityAt: iso(person.lastActivityAt),
    followed: person.followed,
    workspaceId: WORKSPACE_ID,
    contactId,
    adminRepliedAt: iso(person.adminRepliedAt),
    contactRepliedAt: iso(person.contactRepliedAt),
    contactInboxes: [{ id: `3${id}`, contactId, inboxId: '801', channel: person.channel }],
    messages: [lastMessage(person, id)],
    contact: contact(person, contactId),
    assignedUser: assignee === 'agent' ? agent(person) : null,
    assignedInboxTeam: assignee === 'team' ? { ...TEAM, ...stamps(person), workspaceId: WORKSPACE_ID } : null,
    aiContextLastMessageId: null,
    assignedUserId: assignee === 'agent' ? AGENT.id : null,
    assignedInboxTeamId: assignee === 'team' ? TEAM.id : null,
  };
}

function stamps(person: Person) {
  return { createdAt: iso(person.createdAt), updatedAt: iso(person.lastActivityAt) };
}

function agent(person: Person) {
  return { ...AGENT, ...stamps(person), emailVerified: true, image: null, isAnonymous: false };
}

function lastMessage(person: Person, conversationId: string) {
  const moment = iso(person.lastActivityAt);
  return {
    id: `9${conversationId}`,
    createdAt: moment,
    updatedAt: moment,
    conversationId,
    contactInboxId: `3${conversationId}`,
    workspaceId: WORKSPACE_ID,
    text: person.number % 6 === 0 ? '=Gracias, lo reviso' : 'Gracias, ¿hasta cuándo vale?',
    contentAttributes: null,
    sourceId: null,
    senderId: null,
    clientId: null,
  };
}

function contact(person: Person, id: string) {
  return {
    id,
    ...stamps(person),
    avatar: null,
    phoneNumber: person.phone === null ? person.alias : `+${person.phone}`,
    email: person.email,
    emailVerified: false,
    emailOptIn: person.email !== null,
    firstName: person.firstName,
    lastName: person.lastName,
    fullName: `${person.firstName} ${person.lastName}`,
    lastReadAt: iso(person.contactRepliedAt),
    ref: null,
    country: person.country,
    state: null,
    city: person.city,
    location: null,
    locale: person.country === 'BR' ? 'pt' : 'es',
    timezone: person.timezone,
    subscribedAt: iso(person.createdAt),
    broadcastSubscribedAt: iso(person.subscribedAt),
    blockedAt: iso(person.blockedAt),
    workspaceId: WORKSPACE_ID,
  };
}
