import { createHash } from 'node:crypto';
import { readJson } from '../../core/bounded-json.js';
import { BOUNDS } from '../../core/bounds.js';
import type { ListedSend } from '../../core/match.js';
import { momentOf } from '../../core/moments.js';
import { addressDigits } from '../../core/phone.js';
import { shortened } from '../../core/problem.js';
import type { Redact } from '../../core/redaction.js';
import type { ListedValues } from '../../core/sent-values.js';
import type { PlazbotRecord } from './list-record.js';
import { LONGEST_REQUEST, listedValues } from './listed-values.js';

/**
 * What settling needs of a record of Plazbot's list. The request that the record keeps is read for the number, the
 * template, the campaign name and a fingerprint of the values, and then dropped: it holds the workspace id.
 *
 * @param redact hides credentials: what comes out of here is stored
 */
export function listedSendOf(record: PlazbotRecord, redact: Redact): ListedSend {
  const request = requestOf(record.requestBody);
  const numbers = [...request.numbers, record.internalWhatsappNumber, record.platformSenderPhone];
  const type = Number(record.type ?? Number.NaN);
  return {
    id: storableId(record.id ?? '', redact),
    numbers: believable(distinct(numbers.map((text) => (text === null ? null : addressDigits(text))))),
    templates: namesIn([record.templateCode, ...request.templates], redact),
    campaignNames: namesIn([record.campaignName, ...request.campaignNames], redact),
    type: type === 1 || type === 2 || type === 3 ? type : null,
    createdAt: momentOf(record.creationDate),
    failed: failedOf(record),
    contactId: contactIdOf(record, redact),
    values: request.values,
    summary: summaryOf(record, redact),
  };
}

function distinct(texts: readonly (string | null)[]): readonly string[] {
  return [...new Set(texts.filter((text): text is string => text !== null))];
}

/** An id that holds a credential is known by its digest: it still tells records apart. */
function storableId(id: string, redact: Redact): string {
  if (redact(id) === id) return id;
  return `#${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;
}

/** A name that holds a credential, or has no end, counts as one that is not told: it is neither stored nor compared. */
function namesIn(names: readonly (string | null)[], redact: Redact): readonly string[] {
  const usable = (name: string): boolean => name.length <= BOUNDS.listedName.value && redact(name) === name;
  return believable(distinct(names.map(blankToNull)).filter(usable));
}

/** A record that names more than it can have sent tells nothing: none of it may prove that somebody is absent. */
function believable(texts: readonly string[]): readonly string[] {
  return texts.length <= BOUNDS.listedNames.value ? texts : [];
}

function contactIdOf({ contactId }: PlazbotRecord, redact: Redact): string | null {
  return contactId === null || contactId.length > BOUNDS.contactId.value
    ? null
    : blankToNull(redact(contactId));
}

function blankToNull(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text;
}

/** What a kept request names. */
interface Request {
  readonly numbers: string[];
  readonly templates: string[];
  readonly campaignNames: string[];
  values: ListedValues | null;
}

const NUMBER_KEYS = new Set(['destination', 'to', 'recipient', 'phone', 'phonenumber', 'wa_id']);
/** Values of variables are the sender's texts: a number in them is not who it went to. */
const TEXT_KEYS = /^(?:variables|components|parameters|file)/u;
const DEEPEST = 4;

/** Reads a request: JSON, JSON in a JSON string, or whatever is left of it. */
function requestOf(body: string | null): Request {
  const request: Request = { numbers: [], templates: [], campaignNames: [], values: null };
  if (body === null) return request;
  const value = decoded(body);
  if (typeof value === 'object' && value !== null) {
    collect(value, request, 0);
    if (body.length <= LONGEST_REQUEST) request.values = listedValues(value);
  } else collectFromText(String(value), request);
  return request;
}

/** JSON as often encoded as it is; a text that is none comes back as it stands. */
function decoded(body: string): unknown {
  let value: unknown = body;
  for (let depth = 0; depth < DEEPEST && typeof value === 'string'; depth += 1) {
    const read = readJson(value);
    if (read.kind !== 'value') return value;
    value = read.value;
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

function summaryOf({ responseStatus, responseBody }: PlazbotRecord, redact: Redact): string {
  const answer = responseBody === null ? null : decoded(responseBody);
  const { error } = (typeof answer === 'object' && answer !== null ? answer : {}) as { error?: unknown };
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  const parts = [responseStatus, typeof message === 'string' ? message : null];
  const text = parts.filter((part) => part !== null && part.trim() !== '').join(': ');
  return shortened(redact(text));
}
