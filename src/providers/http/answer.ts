import { BOUNDS } from '../../core/bounds.js';
import type { ListFailureCause, ListProvider } from '../../core/conversation.js';
import { type Problem, shortened } from '../../core/problem.js';
import type { Redact } from '../../core/redaction.js';

/** An answer that came in full. */
export interface ListAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Body;
}

/** A body as it was read: JSON where it is JSON, else its whole text, out of which credentials are taken before it is cut. */
export type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-deep' };

/** What messages about an answer need to know. */
export interface ListAnswerContext {
  readonly provider: ListProvider;
  readonly baseUrl: URL;
  readonly page: number;
  /** Environment variables to name when the credentials are refused. */
  readonly variables: string;
  /** Hides the credentials of this provider, before anything is cut. */
  readonly redact: Redact;
}

/** What an answer means for the reading. */
export type AnswerMeaning =
  | { readonly kind: 'page'; readonly value: unknown }
  | { readonly kind: 'throttled'; readonly problem: Problem }
  | { readonly kind: 'retry'; readonly problem: Problem }
  | { readonly kind: 'failed'; readonly cause: ListFailureCause; readonly problem: Problem };

/** Tells from an error body that the credentials are wrong although the status says something else. */
export type CredentialRefusal = (body: unknown) => boolean;

/** Statuses after which the same GET may work a moment later. */
const PASSING = new Set([408, 425, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524]);

/** Reads an answer of any provider. */
export function meaningOf(
  answer: ListAnswer,
  context: ListAnswerContext,
  refusesCredentials: CredentialRefusal,
): AnswerMeaning {
  const { status, body } = answer;
  const facts = {
    provider: context.provider,
    page: context.page,
    status,
    detail: detailOf(body, context.redact),
  };
  const json = body.kind === 'json' ? body.value : null;
  if (status === 401 || status === 403 || (status !== 200 && refusesCredentials(json))) {
    const params = { ...facts, variables: context.variables };
    return { kind: 'failed', cause: 'credentials', problem: { code: 'list.credentials.refused', params } };
  }
  if (status === 429) return { kind: 'throttled', problem: { code: 'list.throttled', params: facts } };
  if (PASSING.has(status)) return { kind: 'retry', problem: { code: 'list.server-error', params: facts } };
  if (status >= 300 && status < 400) return redirected(answer, context);
  if (status === 404 || status === 405) {
    const params = { ...facts, url: shortened(context.redact(context.baseUrl.href)) };
    return { kind: 'failed', cause: 'unreachable', problem: { code: 'list.not-found', params } };
  }
  if (status < 200 || status >= 300) {
    return { kind: 'failed', cause: 'answer', problem: { code: 'list.refused', params: facts } };
  }
  return pageOf(body, facts, context.redact);
}

function pageOf(
  body: Body,
  facts: { readonly provider: string; readonly page: number },
  redact: Redact,
): AnswerMeaning {
  const { provider, page } = facts;
  if (body.kind === 'json') return { kind: 'page', value: body.value };
  if (body.kind === 'too-large') {
    return unusable({ code: 'list.too-large', params: { provider, page, most: MEGABYTES } });
  }
  if (body.kind === 'too-deep') {
    return unusable({ code: 'list.too-deep', params: { provider, page, most: BOUNDS.jsonDepth.value } });
  }
  const params = { provider, page, start: shortened(redact(body.text)) };
  return unusable({ code: 'list.not-json', params });
}

const MEGABYTES = BOUNDS.listPage.value / 2 ** 20;

function unusable(problem: Problem): AnswerMeaning {
  return { kind: 'failed', cause: 'answer', problem };
}

/** Redirects are not followed: the credential would travel to wherever they point. */
function redirected(answer: ListAnswer, context: ListAnswerContext): AnswerMeaning {
  const header = answer.headers['location'];
  const location = (typeof header === 'string' ? header : header?.[0]) ?? '';
  const target = URL.canParse(location, context.baseUrl.href)
    ? new URL(location, context.baseUrl).origin
    : '?';
  const params = {
    provider: context.provider,
    status: answer.status,
    location: shortened(context.redact(target)),
  };
  return { kind: 'failed', cause: 'unreachable', problem: { code: 'list.redirect', params } };
}

/** What the provider says about its refusal, in its own words, without credentials; `none` when it says nothing. */
export function detailOf(body: Body, redact: Redact): string {
  if (body.kind !== 'json' || typeof body.value !== 'object' || body.value === null) return 'none';
  const record = body.value as Record<string, unknown>;
  const words = ['errorCode', 'code', 'message', 'error', 'title', 'detail', 'details']
    .map((key) => record[key])
    .filter((value) => (typeof value === 'string' && value.trim() !== '') || typeof value === 'number')
    .map(String);
  const text = [...new Set(words)].join(': ');
  return text === '' ? 'none' : shortened(redact(text));
}
