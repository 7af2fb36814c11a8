import { type Handler, type Incoming, logged, type SandboxContext } from '../context.js';
import { answerList } from '../list-faults.js';
import { json, type SandboxReply, whole } from '../reply.js';
import { peopleOf } from '../seeds/people.js';
import type { Person } from '../seeds/person.js';
import { type ChatbotxPlace, type ChatbotxQuery, cursorOf, placeOf, readChatbotxQuery } from './query.js';
import { assigneeOf, chatbotxRecord } from './record.js';

const PAGE_SIZE = 20;

/** `GET /api/v1/conversations`: in the order of the last activity, from cursor to cursor. */
export const listChatbotxConversations: Handler = async (context, incoming) => {
  const refused = refusal(context, incoming);
  if (refused !== null) return logged(context, incoming, whole(refused));
  const query = readChatbotxQuery(incoming.query);
  if (query === null) {
    const reply = failure(400, 'invalidRequestData', 'Input validation failed');
    return logged(context, incoming, whole(reply));
  }
  const requests = context.countListRequest('chatbotx');
  return answerList(context, incoming, () => page(context, query, requests));
};

function refusal(
  { settings, chatbotxGate, monotonicMs }: SandboxContext,
  incoming: Incoming,
): SandboxReply | null {
  const token = /^Bearer (\S+)$/u.exec(incoming.headers.authorization ?? '')?.[1];
  if (token === undefined || (settings.chatbotxToken !== null && token !== settings.chatbotxToken)) {
    // An error the server has no status for: it comes as a fault of its own.
    return failure(500, 'INVALID_CHATBOT_TOKEN', 'INVALID_CHATBOT_TOKEN');
  }
  const waitMs = chatbotxGate(monotonicMs());
  if (waitMs === 0) return null;
  const wait = { 'retry-after': String(Math.ceil(waitMs / 1_000)) };
  return failure(429, 'tooManyRequests', 'Too many requests', wait);
}

function failure(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): SandboxReply {
  return json(status, { defined: false, code, status, message }, headers);
}

function page(context: SandboxContext, query: ChatbotxQuery, listRequests: number): SandboxReply {
  const size = query.perPage ?? PAGE_SIZE;
  const place = placeOf(query.cursor);
  const rest = peopleOf(context, listRequests)
    .filter((person) => matches(person, query) && (place === null || follows(person, place)))
    .toSorted((one, other) => other.lastActivityAt - one.lastActivityAt || one.number - other.number);
  const shown = rest.slice(0, size);
  const last = shown.at(-1);
  const nextCursor =
    rest.length > size && last !== undefined
      ? cursorOf({ lastActivityAt: last.lastActivityAt, id: last.number })
      : null;
  return json(200, { data: shown.map(chatbotxRecord), nextCursor, prevCursor: null });
}

function follows(person: Person, { lastActivityAt, id }: ChatbotxPlace): boolean {
  return (
    person.lastActivityAt < lastActivityAt || (person.lastActivityAt === lastActivityAt && person.number > id)
  );
}

function matches(person: Person, query: ChatbotxQuery): boolean {
  return (
    matchesTags(person, query.tags ?? []) &&
    matchesAssignment(person, query.assignedId) &&
    (query.botCategory === undefined ||
      query.botCategory === 'all' ||
      person.botEnabled === (query.botCategory === 'bot')) &&
    (query.botEnabled === undefined || person.botEnabled === (query.botEnabled === 'true')) &&
    (query.channel === undefined || query.channel === 'omnichannel' || person.channel === query.channel) &&
    matchesContact(person, query)
  );
}

/** Several tags must all hold; what is archived or blocked is hidden unless its own tag asks for it. */
function matchesTags(person: Person, tags: NonNullable<ChatbotxQuery['tags']>): boolean {
  const { contactRepliedAt, adminRepliedAt, agentLastReadAt } = person;
  const before = (moment: number | null) =>
    moment !== null && contactRepliedAt !== null && moment < contactRepliedAt;
  return (
    tags.includes('archived') === (person.archivedAt !== null) &&
    tags.includes('blocked') === (person.blockedAt !== null) &&
    (!tags.includes('followUp') || person.followed) &&
    (!tags.includes('noAdminReply') || before(adminRepliedAt)) &&
    (!tags.includes('unread') || before(agentLastReadAt))
  );
}

/**
 * `unassigned`, or `u_` with the id of an agent, or `t_` with that of a team; anything else filters nothing.
 */
function matchesAssignment(person: Person, assignedId: string | undefined): boolean {
  const record = chatbotxRecord(person);
  if (assignedId === 'unassigned') return assigneeOf(person) === 'nobody';
  if (assignedId?.startsWith('u_')) return record.assignedUserId === assignedId.slice(2);
  if (assignedId?.startsWith('t_')) return record.assignedInboxTeamId === assignedId.slice(2);
  return true;
}

/** The keyword is looked for in both names; a contact filter is read as fields that must be equal. */
function matchesContact(person: Person, { keyword, contactFilter }: ChatbotxQuery): boolean {
  const word = keyword?.toLowerCase() ?? '';
  const names = [person.firstName, person.lastName].map((name) => name.toLowerCase());
  if (!names.some((name) => name.includes(word))) return false;
  const contact: Readonly<Record<string, unknown>> = chatbotxRecord(person).contact;
  return Object.entries(contactFilter ?? {}).every(([field, value]) => contact[field] === value);
}
