import { type Handler, type Incoming, logged, type SandboxContext } from '../context.js';
import { answerList } from '../list-faults.js';
import { json, type SandboxReply, whole } from '../reply.js';
import { peopleOf } from '../seeds/people.js';
import type { Person } from '../seeds/person.js';
import { type PlaticaListQuery, readPlaticaQuery } from './query.js';
import { channelIdOf, platicaRecord, WORKSPACES, workspaceIdOf } from './record.js';

/** `GET /v1/conversations`: every workspace with a page of its own, all at the same offset. */
export const listPlaticaConversations: Handler = async (context, incoming) => {
  const refused = refusal(context, incoming);
  if (refused !== null) return logged(context, incoming, whole(refused));
  const query = readPlaticaQuery(incoming.query);
  if ('wrong' in query) {
    const reply = failure(422, 'VALIDATION_ERROR', 'Invalid request parameters.', { field: query.wrong });
    return logged(context, incoming, whole(reply));
  }
  const requests = context.countListRequest('platica');
  return answerList(context, incoming, () => page(context, query, requests));
};

function refusal(
  { settings, platicaGate, monotonicMs }: SandboxContext,
  incoming: Incoming,
): SandboxReply | null {
  const key = /^Bearer (\S+)$/u.exec(incoming.headers.authorization ?? '')?.[1];
  if (key === undefined) return failure(401, 'UNAUTHORIZED', 'API key is required.');
  if (settings.platicaKey !== null && key !== settings.platicaKey) {
    return failure(401, 'UNAUTHORIZED', 'API key is not valid.');
  }
  const waitMs = platicaGate(monotonicMs());
  if (waitMs === 0) return null;
  const wait = { 'retry-after': String(Math.ceil(waitMs / 1_000)) };
  return failure(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests.', null, wait);
}

function failure(
  status: number,
  code: string,
  error: string,
  details: unknown = null,
  headers: Readonly<Record<string, string>> = {},
): SandboxReply {
  return json(status, { code, error, details }, headers);
}

function page(context: SandboxContext, query: PlaticaListQuery, listRequests: number): SandboxReply {
  const matching = peopleOf(context, listRequests)
    .filter((person) => matches(person, query))
    .toSorted(order(query));
  const workspaces = WORKSPACES.map(({ id, name }) => {
    const own = matching.filter((person) => workspaceIdOf(person) === id);
    const end = query.offset + query.limit;
    const conversations = own.slice(query.offset, end).map((person) => platicaRecord(person, context.now()));
    const pagination = { limit: query.limit, offset: query.offset, hasMore: own.length > end };
    return { id, name, conversations, conversationsCount: conversations.length, pagination };
  });
  return json(200, { workspaces });
}

function matches(person: Person, { channelId, tags, days }: PlaticaListQuery): boolean {
  if (channelId !== null && channelIdOf(person) !== channelId) return false;
  if (!tags.every((tag) => person.tags.includes(tag))) return false;
  const day = new Date(person.createdAt).toISOString().slice(0, 10);
  return days === null || (days.first <= day && day <= days.last);
}

function order({ sortBy, descending }: PlaticaListQuery): (one: Person, other: Person) => number {
  const moment = sortBy === 'creationDate' ? 'createdAt' : 'lastActivityAt';
  const sign = descending ? -1 : 1;
  return (one, other) => sign * (one[moment] - other[moment] || one.number - other.number);
}
