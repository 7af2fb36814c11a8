import type { ConversationPages } from '../../core/conversation.js';
import type { ListOptions } from '../../core/conversation-options.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { redactor } from '../../core/redaction.js';
import { readBaseUrl } from '../http/base-url.js';
import { checked } from '../http/checked.js';
import { readCredential } from '../http/credentials.js';
import { type PageFailure, type PageSource, type ParsedPage, readPages } from '../http/paged-list.js';
import { createReadingClient, type ReadingDeps } from '../http/reading-client.js';
import { platicaConversation } from './conversation.js';
import { type PlaticaQuery, platicaQuery } from './options.js';
import { type PlaticaRecord, platicaPageSchema, platicaRecordOf } from './record.js';

/** What a reading of Platica's list needs. */
export interface PlaticaListSettings extends ReadingDeps {
  readonly baseUrl: string;
  /** `pl_key_…`; bound to one workspace. */
  readonly apiKey: string;
  /** Checked by `readListOptions`. */
  readonly options: ListOptions;
}

const VARIABLE = 'PLATICA_API_KEY';

/** Platica allows 30 requests a second per key; others may use the key, too. */
const REQUESTS_PER_SECOND = 20;

/**
 * Opens Platica's conversation list: every workspace of the answer, until none has more. Repeated ids are dropped.
 * Problems: the base URL, the key or the dates cannot be used; nothing was requested then.
 */
export function listPlatica(settings: PlaticaListSettings): Result<ConversationPages<PlaticaRecord>> {
  const baseUrl = readBaseUrl(settings.baseUrl);
  const apiKey = readCredential(settings.apiKey, VARIABLE);
  const query = platicaQuery(settings.options);
  if (!baseUrl.ok || !apiKey.ok || !query.ok) {
    return failed(...[baseUrl, apiKey, query].flatMap((read) => (read.ok ? [] : read.problems)));
  }
  const client = () =>
    createReadingClient(
      {
        provider: 'platica',
        baseUrl: baseUrl.value,
        headers: { authorization: `Bearer ${apiKey.value}` },
        redact: redactor([apiKey.value]),
        variables: VARIABLE,
        requestsPerSecond: REQUESTS_PER_SECOND,
      },
      settings,
    );
  return ok({ [Symbol.asyncIterator]: () => readPages(platicaSource(query.value), client()) });
}

interface Position {
  readonly offset: number;
}

function platicaSource(query: PlaticaQuery): PageSource<PlaticaRecord, Position> {
  return {
    provider: 'platica',
    first: { offset: query.offset },
    request: ({ offset }) => ({
      path: '/v1/conversations',
      query: [...query.filters, ...(offset === 0 ? [] : [['offset', String(offset)] as const])],
    }),
    parse: parsePage,
    recordOf: platicaRecordOf,
    // Ids are promised within a workspace only.
    idOf: ({ id, workspaceId }) => (id === null ? null : `${workspaceId ?? ''}/${id}`),
    keeps: () => true,
    conversationOf: platicaConversation,
    resumeOf: ({ offset }) => (offset === 0 ? null : { option: 'offset', value: String(offset) }),
    keyOf: ({ offset }) => String(offset),
    passOf: () => 0,
    firstIdMustDiffer: false,
  };
}

function parsePage(body: unknown, { offset }: Position, page: number): ParsedPage<Position> | PageFailure {
  const read = checked(platicaPageSchema, body, { provider: 'platica', page });
  if (read.kind === 'failed') return read;
  const { workspaces } = read.value;
  const values = workspaces.flatMap(({ conversations }) => conversations);
  const going = workspaces.filter(({ pagination }) => pagination.hasMore);
  if (going.length === 0) return { kind: 'parsed', values, next: null };
  // The server's own page size, so that nothing is jumped over when it gives less than was asked for.
  const widths = going.map(({ pagination, conversations }) =>
    Math.max(1, pagination.limit ?? conversations.length),
  );
  const received = going.map(({ conversations }) => conversations.length).filter((count) => count > 0);
  const width = smallest(widths);
  return {
    kind: 'parsed',
    values,
    next: { offset: offset + Math.min(width, smallest(received)) },
    nextIfStale: { offset: offset + width },
  };
}

/** An answer may name any number of workspaces: more than a function takes as its arguments. */
function smallest(numbers: readonly number[]): number {
  return numbers.reduce((least, number) => Math.min(least, number), Number.POSITIVE_INFINITY);
}
