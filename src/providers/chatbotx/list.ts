import type { ConversationPages } from '../../core/conversation.js';
import type { ListOptions } from '../../core/conversation-options.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { redactor } from '../../core/redaction.js';
import { readBaseUrl } from '../http/base-url.js';
import { checked } from '../http/checked.js';
import { readCredential } from '../http/credentials.js';
import { type PageFailure, type PageSource, type ParsedPage, readPages } from '../http/paged-list.js';
import { createReadingClient, type ReadingDeps } from '../http/reading-client.js';
import { chatbotxConversation } from './conversation.js';
import { marksOf } from './marks.js';
import { type ChatbotxPlan, chatbotxPlan, jsonText } from './options.js';
import { type ChatbotxRecord, chatbotxPageSchema, chatbotxRecordOf } from './record.js';

/** What a reading of ChatbotX's list needs. */
export interface ChatbotxListSettings extends ReadingDeps {
  /** With the path of the API: `https://app.chatbotx.io/api`, or a self-hosted instance. */
  readonly baseUrl: string;
  readonly token: string;
  /** Checked by `readListOptions`. */
  readonly options: ListOptions;
}

const VARIABLE = 'CHATBOTX_TOKEN';

/** ChatbotX allows 120 requests in 10 seconds; others may use the token, too. */
const REQUESTS_PER_SECOND = 10;

/**
 * Opens ChatbotX's conversation list: from cursor to cursor until there is none, once for each set of tags that is
 * needed. Conversations come in the order of their last activity; one that becomes active during the reading moves
 * to the front and may be missed.
 * Problems: the base URL or the token cannot be used; nothing was requested then.
 */
export function listChatbotx(settings: ChatbotxListSettings): Result<ConversationPages<ChatbotxRecord>> {
  const baseUrl = readBaseUrl(settings.baseUrl);
  const token = readCredential(settings.token, VARIABLE);
  if (!baseUrl.ok || !token.ok) {
    return failed(...[baseUrl, token].flatMap((read) => (read.ok ? [] : read.problems)));
  }
  const client = () =>
    createReadingClient(
      {
        provider: 'chatbotx',
        baseUrl: baseUrl.value,
        headers: { authorization: `Bearer ${token.value}` },
        redact: redactor([token.value]),
        variables: VARIABLE,
        requestsPerSecond: REQUESTS_PER_SECOND,
        refusesCredentials,
      },
      settings,
    );
  const plan = chatbotxPlan(settings.options);
  return ok({ [Symbol.asyncIterator]: () => readPages(chatbotxSource(plan), client(), plan.notices) });
}

/** An invalid token comes as 401, or as 500 with this code in the body. */
function refusesCredentials(body: unknown): boolean {
  return JSON.stringify(body ?? null).includes('"INVALID_CHATBOT_TOKEN"');
}

interface Position {
  readonly pass: number;
  readonly cursor: string | null;
}

function chatbotxSource(plan: ChatbotxPlan): PageSource<ChatbotxRecord, Position> {
  return {
    provider: 'chatbotx',
    first: { pass: 0, cursor: plan.cursor },
    request: ({ pass, cursor }) => {
      const tags = plan.passes[pass] ?? [];
      const marked = tags.length === 0 ? [] : [['tags', jsonText(tags)] as const];
      const placed = cursor === null ? [] : [['cursor', cursor] as const];
      return { path: '/v1/conversations', query: [...plan.filters, ...marked, ...placed] };
    },
    parse: (body, position, page) => parsePage(body, position, page, plan.passes.length),
    recordOf: chatbotxRecordOf,
    idOf: ({ id }) => id,
    keeps: (record) =>
      plan.statuses === null || marksOf(record).some((mark) => plan.statuses?.includes(mark)),
    conversationOf: chatbotxConversation,
    // A later pass cannot be named from outside: there is no option for it.
    resumeOf: ({ pass, cursor }) =>
      pass > 0 || cursor === null ? null : { option: 'cursor', value: cursor },
    keyOf: ({ pass, cursor }) => `${pass} ${cursor ?? ''}`,
    passOf: ({ pass }) => pass,
    // A cursor that the server cannot read starts the list again.
    firstIdMustDiffer: true,
  };
}

function parsePage(
  body: unknown,
  { pass }: Position,
  page: number,
  passes: number,
): ParsedPage<Position> | PageFailure {
  const read = checked(chatbotxPageSchema, body, { provider: 'chatbotx', page });
  if (read.kind === 'failed') return read;
  const cursor = read.value.nextCursor || null;
  const nextPass = pass + 1 < passes ? { pass: pass + 1, cursor: null } : null;
  return { kind: 'parsed', values: read.value.data, next: cursor === null ? nextPass : { pass, cursor } };
}
