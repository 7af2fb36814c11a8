import type { PlazbotApi } from '../../core/campaign.js';
import { type ConversationPages, textOrNull } from '../../core/conversation.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { type Redact, redactor } from '../../core/redaction.js';
import { detailOf } from '../http/answer.js';
import { readBaseUrl } from '../http/base-url.js';
import { checked } from '../http/checked.js';
import { readCredential } from '../http/credentials.js';
import { type PageFailure, type PageSource, type ParsedPage, readPages } from '../http/paged-list.js';
import { createReadingClient, type ReadingDeps } from '../http/reading-client.js';
import { plazbotConversation } from './list-conversation.js';
import {
  type PlazbotRecord,
  plazbotPageSchema,
  plazbotRecordOf,
  plazbotRefusalSchema,
} from './list-record.js';
import { conversationPath } from './message.js';

/** What a reading of Plazbot's list needs. */
export interface PlazbotListSettings extends ReadingDeps {
  readonly baseUrl: string;
  readonly workspaceId: string;
  /** Null or blank: the header is left out. */
  readonly apiKey: string | null;
  /** Further credentials that no answer may repeat. */
  readonly secrets?: readonly (string | null)[];
  /** Which of the two paths to read; the same as the campaign sends through. */
  readonly api: PlazbotApi;
  /** Where to start; null: at the beginning. */
  readonly continuationToken?: string | null;
  /** Default 5. */
  readonly pagesPerSecond?: number;
}

const PAGES_PER_SECOND = 5;
const VARIABLES = 'PLAZBOT_WORKSPACE_ID, PLAZBOT_API_KEY';

/**
 * Opens Plazbot's conversation list: pages of 20, from token to token until it is null. An empty or short page is
 * no end. Nothing is promised about order, lag or retention, because Plazbot documents none.
 * Problems: the base URL, the workspace or the key cannot be used; nothing was requested then.
 */
export function listPlazbot(settings: PlazbotListSettings): Result<ConversationPages<PlazbotRecord>> {
  const baseUrl = readBaseUrl(settings.baseUrl);
  const workspaceId = readCredential(settings.workspaceId, 'PLAZBOT_WORKSPACE_ID');
  const apiKey =
    textOrNull(settings.apiKey) === null ? ok(null) : readCredential(settings.apiKey, 'PLAZBOT_API_KEY');
  if (!baseUrl.ok || !workspaceId.ok || !apiKey.ok) {
    return failed(...[baseUrl, workspaceId, apiKey].flatMap((read) => (read.ok ? [] : read.problems)));
  }
  // The workspace id opens the classic api, and answers repeat it.
  const redact = redactor([apiKey.value, workspaceId.value, ...(settings.secrets ?? [])]);
  const authorization = apiKey.value === null ? {} : { authorization: `Bearer ${apiKey.value}` };
  const client = () =>
    createReadingClient(
      {
        provider: 'plazbot',
        baseUrl: baseUrl.value,
        headers: { 'x-workspace-id': workspaceId.value, ...authorization },
        redact,
        variables: VARIABLES,
        requestsPerSecond: settings.pagesPerSecond ?? PAGES_PER_SECOND,
      },
      settings,
    );
  const source = plazbotSource(workspaceId.value, settings, redact);
  return ok({ [Symbol.asyncIterator]: () => readPages(source, client()) });
}

/** A position is a token; null is the beginning. */
interface Position {
  readonly token: string | null;
}

function plazbotSource(
  workspaceId: string,
  settings: PlazbotListSettings,
  redact: Redact,
): PageSource<PlazbotRecord, Position> {
  return {
    provider: 'plazbot',
    first: { token: settings.continuationToken ?? null },
    request: ({ token }) => ({
      path: conversationPath(settings.api),
      query: [
        ['workspaceId', workspaceId],
        ...(token === null ? [] : [['continuationToken', token] as const]),
      ],
    }),
    parse: (body, _position, page) => parsePage(body, page, redact),
    recordOf: plazbotRecordOf,
    idOf: ({ id }) => id,
    keeps: () => true,
    conversationOf: plazbotConversation,
    resumeOf: ({ token }) => (token === null ? null : { option: 'continuation-token', value: token }),
    keyOf: ({ token }) => token ?? '',
    passOf: () => 0,
    firstIdMustDiffer: false,
  };
}

function parsePage(body: unknown, page: number, redact: Redact): ParsedPage<Position> | PageFailure {
  const refusal = plazbotRefusalSchema.safeParse(body);
  if (refusal.success) return refused(refusal.data, page, redact);
  const read = checked(plazbotPageSchema, body, { provider: 'plazbot', page });
  if (read.kind === 'failed') return read;
  const { newContinuationToken, continuationToken, data } = read.value.data;
  if (newContinuationToken === undefined && continuationToken === undefined) {
    // Without a token field nothing tells whether this is all: taking it for the end could prove a false absence.
    const params = { provider: 'plazbot', page, field: 'data.newContinuationToken' };
    return { kind: 'failed', cause: 'answer', problem: { code: 'list.field.missing', params } };
  }
  const token = newContinuationToken || continuationToken || null;
  return { kind: 'parsed', values: data, next: token === null ? null : { token } };
}

function refused(
  refusal: { readonly code?: number | string | null | undefined },
  page: number,
  redact: Redact,
): PageFailure {
  const detail = detailOf({ kind: 'json', value: refusal }, redact);
  const params = { provider: 'plazbot', page, status: 200, detail };
  const credentials = refusal.code === 401 || refusal.code === 403;
  return credentials
    ? {
        kind: 'failed',
        cause: 'credentials',
        problem: { code: 'list.credentials.refused', params: { ...params, variables: VARIABLES } },
      }
    : { kind: 'failed', cause: 'answer', problem: { code: 'list.refused', params } };
}
