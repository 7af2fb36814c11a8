import { retryAfterMs } from '../../core/backoff.js';
import { readJson } from '../../core/bounded-json.js';
import { BOUNDS } from '../../core/bounds.js';
import type { AnswerFacts, Outcome } from '../../core/outcome.js';
import type { Redact } from '../../core/redaction.js';
import { classOfCode, codeIn, newCodeIn } from '../../core/whatsapp-codes.js';

/** An HTTP answer, complete. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly date: string | null;
  readonly body: string;
}

/** What the meaning of an answer depends on beside the answer itself. */
export interface AnswerContext {
  readonly template: string;
  /** Where the request went, without credentials. */
  readonly url: string;
  /** Whether any answer in the provider's own shape came from this address in this run. */
  readonly providerSeen: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Hides credentials in what the provider wrote; left out: there are none. */
  readonly redact?: Redact;
}

const DEFINITE_REFUSALS = [400, 404, 405, 413, 414, 415, 422];

/**
 * What an answer means. Whatever is not known to mean something definite is `uncertain`: the request may have
 * been executed.
 */
export function interpret(answer: Answer, context: AnswerContext): Outcome {
  const { status } = answer;
  const { redact = unchanged } = context;
  const json = parsed(answer.body);
  const success = json?.['success'] === true;
  if (success && status >= 200 && status <= 299) {
    const contactId = contactIdOf(json);
    return {
      kind: 'accepted',
      contactId: contactId === null ? null : redact(contactId),
      answer: { httpStatus: status, errorCode: null, errorMessage: null },
    };
  }
  const shape = shapeOf(json);
  const code = shape === null ? null : codeIn(json, status >= 500);
  const shown = shape === null ? null : (code ?? newCodeIn(json, status >= 500));
  const facts = factsOf(answer, shape, shown, redact);
  // A success under a status that denies it: one of the two is wrong, and nobody knows which.
  if (success) return unclear(facts);
  if (status === 401 || status === 403) return refusedAccess('halt.credentials', facts);
  return (
    outcomeOfCode(code, answer, facts, context) ?? outcomeOfStatus(answer, shape !== null, facts, context)
  );
}

function unclear(facts: AnswerFacts): Outcome {
  return { kind: 'uncertain', reason: 'unclear-answer', answer: facts };
}

function unchanged(text: string, most?: number): string {
  return text.slice(0, most);
}

/** Whether a body is in the provider's own shape. */
export function isProviderShaped(body: string): boolean {
  return shapeOf(parsed(body)) !== null;
}

interface ProviderShape {
  readonly code: string | null;
  readonly message: string | null;
}

/** An object with a boolean `success`, or a problem document (RFC 9457) with `title` and `status`; else null. */
function shapeOf(json: Record<string, unknown> | null): ProviderShape | null {
  if (json === null) return null;
  const problem = 'title' in json && 'status' in json;
  if (typeof json['success'] !== 'boolean' && !problem) return null;
  return {
    code: textOf(json['errorCode']) ?? textOf(json['code']) ?? textOf(json['status']),
    message: textOf(json['message']) ?? textOf(json['detail']) ?? textOf(json['title']),
  };
}

function contactIdOf(json: Record<string, unknown>): string | null {
  const data = json['data'];
  const contact = typeof data === 'object' && data !== null && 'contactId' in data ? data.contactId : null;
  const text = typeof contact === 'number' ? String(contact) : contact;
  return typeof text === 'string' && text.length <= BOUNDS.contactId.value ? text : null;
}

function parsed(body: string): Record<string, unknown> | null {
  const read = readJson(body);
  const json = read.kind === 'value' ? read.value : null;
  return typeof json === 'object' && json !== null && !Array.isArray(json)
    ? (json as Record<string, unknown>)
    : null;
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' ? String(value) : null;
}

function factsOf(
  answer: Answer,
  shape: ProviderShape | null,
  whatsapp: number | null,
  redact: Redact,
): AnswerFacts {
  const code = whatsapp === null ? (shape?.code ?? null) : String(whatsapp);
  const message = shape?.message ?? (answer.body === '' ? null : answer.body);
  return {
    httpStatus: answer.status,
    errorCode: code === null ? null : redact(code, BOUNDS.errorCode.value),
    errorMessage: message === null ? null : redact(message.replace(/\s+/gu, ' '), BOUNDS.errorMessage.value),
  };
}

/** A WhatsApp code that the provider passed on decides whatever the HTTP status. */
function outcomeOfCode(
  code: number | null,
  answer: Answer,
  facts: AnswerFacts,
  context: AnswerContext,
): Outcome | null {
  const known = code === null ? null : classOfCode(code);
  if (known === null) return null;
  const retry = retryAfterMs(answer.retryAfter, answer.date, context.at);
  switch (known.kind) {
    case 'throttled':
      return { kind: 'deferred', scope: known.scope, throttled: true, retryAfterMs: retry, answer: facts };
    case 'transient':
      // Something went wrong on the way, and the provider failed, too: it may have been after the message was taken.
      if (answer.status >= 500) return unclear(facts);
      return { kind: 'deferred', scope: 'everyone', throttled: false, retryAfterMs: retry, answer: facts };
    case 'refused':
      return { kind: 'refused', reason: known.reason, answer: facts };
    case 'halt': {
      const params = { template: context.template, detail: detailOf(facts) };
      return { kind: 'not-sent', onWire: true, halt: { code: known.halt, params }, answer: facts };
    }
  }
}

function outcomeOfStatus(
  answer: Answer,
  providerShaped: boolean,
  facts: AnswerFacts,
  context: AnswerContext,
): Outcome {
  const { status } = answer;
  // "See other" is said after a request was executed: https://www.rfc-editor.org/rfc/rfc9110#section-15.4.4
  if (status === 303) return unclear(facts);
  if (status >= 300 && status <= 399) {
    return {
      kind: 'not-sent',
      onWire: true,
      halt: { code: 'halt.configuration', params: { status } },
      answer: facts,
    };
  }
  if (status === 402) return refusedAccess('halt.account', facts);
  if (status === 429) {
    const retry = retryAfterMs(answer.retryAfter, answer.date, context.at);
    return { kind: 'deferred', scope: 'everyone', throttled: true, retryAfterMs: retry, answer: facts };
  }
  if (providerShaped) {
    return DEFINITE_REFUSALS.includes(status)
      ? { kind: 'refused', reason: 'refused', answer: facts }
      : unclear(facts);
  }
  if ((status === 404 || status === 405) && !context.providerSeen) {
    const params = { status, url: context.url };
    return { kind: 'not-sent', onWire: true, halt: { code: 'halt.wrong-path', params }, answer: facts };
  }
  return unclear(facts);
}

function refusedAccess(code: 'halt.account' | 'halt.credentials', facts: AnswerFacts): Outcome {
  const halt = { code, params: { detail: detailOf(facts) } };
  return { kind: 'not-sent', onWire: true, halt, answer: facts };
}

/** Bodies such as `{}`, which tell a person nothing. */
const WORDLESS = /^(?:[^\p{L}\p{N}]*|null)$/u;

function detailOf({ errorMessage, errorCode, httpStatus }: AnswerFacts): string {
  const words = errorMessage === null || WORDLESS.test(errorMessage) ? null : errorMessage;
  return words ?? errorCode ?? `HTTP ${httpStatus}`;
}
