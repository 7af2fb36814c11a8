import { momentOf } from '../../core/conversation.js';
import type { ListedSend } from '../../core/match.js';
import { addressDigits } from '../../core/phone.js';
import { shortened } from '../../core/problem.js';
import type { PlazbotRecord } from './list-record.js';

/**
 * What settling needs of a record of Plazbot's list. The request that the record keeps is read for the number, the
 * template and the campaign name, and then dropped: it holds the workspace id.
 *
 * @param secrets texts that must not stand in the summary
 */
export function listedSendOf(record: PlazbotRecord, secrets: readonly string[]): ListedSend {
  const request = requestOf(record.requestBody);
  const numbers = [...request.numbers, record.internalWhatsappNumber, record.platformSenderPhone];
  const type = Number(record.type ?? Number.NaN);
  return {
    id: record.id ?? '',
    numbers: distinct(numbers.map((text) => (text === null ? null : addressDigits(text)))),
    templates: distinct([blankToNull(record.templateCode), ...request.templates]),
    campaignNames: distinct([blankToNull(record.campaignName), ...request.campaignNames]),
    type: type === 1 || type === 2 || type === 3 ? type : null,
    createdAt: momentOf(record.creationDate),
    failed: failedOf(record),
    contactId: blankToNull(record.contactId),
    summary: summaryOf(record, secrets),
  };
}

function distinct(texts: readonly (string | null)[]): readonly string[] {
  return [...new Set(texts.filter((text): text is string => text !== null))];
}

function blankToNull(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text;
}

/** What a kept request names. */
interface Request {
  readonly numbers: string[];
  readonly templates: string[];
  readonly campaignNames: string[];
}

const NUMBER_KEYS = new Set(['destination', 'to', 'recipient', 'phone', 'phonenumber', 'wa_id']);
/** Values of variables are the sender's texts: a number in them is not who it went to. */
const TEXT_KEYS = /^(?:variables|components|parameters|file)/u;
const DEEPEST = 4;

/** Reads a request: JSON, JSON in a JSON string, or whatever is left of it. */
function requestOf(body: string | null): Request {
  const request: Request = { numbers: [], templates: [], campaignNames: [] };
  if (body === null) return request;
  const value = decoded(body);
  if (typeof value === 'object' && value !== null) collect(value, request, 0);
  else collectFromText(String(value), request);
  return request;
}

/** JSON as often encoded as it is; a text that is none comes back as it stands. */
function decoded(body: string): unknown {
  let value: unknown = body;
  for (let depth = 0; depth < DEEPEST && typeof value === 'string'; depth += 1) {
    try {
      value = JSON.parse(value);
    } catch {
      return value;
    }
  }
  return value;
}

function collect(value: object, request: Request, depth: number): void {
  if (depth > DEEPEST) return;
  for (const [name, part] of Object.entries(value)) {
    const key = name.toLowerCase();
    if (TEXT_KEYS.test(key)) continue;
    if (typeof part === 'object' && part !== null) {
      if (key === 'template' && typeof part.name === 'string') request.templates.push(part.name);
      collect(part, request, depth + 1);
      continue;
    }
    if (typeof part !== 'string' && typeof part !== 'number') continue;
    const text = String(part);
    if (NUMBER_KEYS.has(key)) request.numbers.push(text);
    else if (text.trim() === '') continue;
    else if (key === 'template' || key === 'templatename' || key === 'templatecode')
      request.templates.push(text);
    else if (key === 'campaignname') request.campaignNames.push(text);
  }
}

const NUMBER_IN_TEXT =
  /\b(?:destination|to|recipient|phone|wa_id)\\*["']?\s*[:=]\s*\\*["']?(\+?\d{7,15})(?!\d)/giu;

/** A cut or damaged request still names the number, right behind its key. */
function collectFromText(text: string, request: Request): void {
  for (const [, number] of text.matchAll(NUMBER_IN_TEXT)) {
    if (number !== undefined) request.numbers.push(number);
  }
}

const FAILED_WORD = /^(?:fail|error|undeliver|reject|invalid|expired|false$|[45]\d\d$)/iu;
const GOOD_WORD = /^(?:success|ok$|sent|accept|deliver|read$|true$|2\d\d$)/iu;

/** The values of `responseStatus` are not documented: what cannot be read is null. */
function failedOf({ responseStatus, responseBody }: PlazbotRecord): boolean | null {
  const status = (responseStatus ?? '').trim();
  if (FAILED_WORD.test(status)) return true;
  const answer = responseBody === null ? null : decoded(responseBody);
  if (typeof answer === 'object' && answer !== null) {
    const { error, success, errors } = answer as { error?: unknown; success?: unknown; errors?: unknown };
    const named =
      (typeof error === 'object' && error !== null) || (typeof error === 'string' && error !== '');
    if (named || success === false || (Array.isArray(errors) && errors.length > 0)) return true;
  }
  return GOOD_WORD.test(status) ? false : null;
}

function summaryOf({ responseStatus, responseBody }: PlazbotRecord, secrets: readonly string[]): string {
  const answer = responseBody === null ? null : decoded(responseBody);
  const { error } = (typeof answer === 'object' && answer !== null ? answer : {}) as { error?: unknown };
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  const parts = [responseStatus, typeof message === 'string' ? message : null];
  const text = parts.filter((part) => part !== null && part.trim() !== '').join(': ');
  return shortened(secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text));
}
