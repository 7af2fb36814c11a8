import type { RefusalReason } from './outcome.js';

/** What a WhatsApp error code means for a campaign. */
export type CodeClass =
  | { readonly kind: 'throttled'; readonly scope: 'everyone' | 'person' }
  | { readonly kind: 'transient' }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'halt'; readonly halt: 'halt.template' | 'halt.account' };

const THROTTLED = [130429, 4, 80007];
const TRANSIENT = [1, 2, 131000, 131016, 133004, 131057];
const NOT_NOW = [131049, 130472];
const NOT_REACHABLE = [131021, 131030, 130403, 130497, 131047];
const ROW_DATA = [132000, 132005, 132012, 132018, 131008, 131009, 100, 131051, 131052, 131053];
const TEMPLATE = [132001, 132007, 132015, 132016, 132068, 132069, 134100, 134101, 134102, 131055, 131063];
const ACCOUNT = [
  190, 0, 3, 10, 131005, 368, 131031, 131042, 131045, 131048, 131037, 133005, 133006, 133007, 133008, 133009,
  133010, 133015, 133016, 131064,
];

/**
 * Class of a WhatsApp error code, or null for one that is not known: then the HTTP answer decides.
 * Source: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
export function classOfCode(code: number): CodeClass | null {
  if (THROTTLED.includes(code)) return { kind: 'throttled', scope: 'everyone' };
  if (code === 131056) return { kind: 'throttled', scope: 'person' };
  if (TRANSIENT.includes(code)) return { kind: 'transient' };
  if (NOT_NOW.includes(code)) return { kind: 'refused', reason: 'not-now' };
  if (code === 131050) return { kind: 'refused', reason: 'opted-out' };
  if (code === 131026) return { kind: 'refused', reason: 'not-on-whatsapp' };
  if (NOT_REACHABLE.includes(code)) return { kind: 'refused', reason: 'not-reachable' };
  if (ROW_DATA.includes(code)) return { kind: 'refused', reason: 'row-data' };
  if (TEMPLATE.includes(code)) return { kind: 'halt', halt: 'halt.template' };
  if (ACCOUNT.includes(code) || (code >= 200 && code <= 299)) return { kind: 'halt', halt: 'halt.account' };
  return null;
}

/** Fields in which providers, and Meta behind them, say what went wrong. */
const SAYING = [
  ...['message', 'detail', 'details', 'title', 'description', 'reason', 'error', 'errors', 'error_data'],
  ...['errorMessage', 'error_message', 'error_description', 'error_user_title', 'error_user_msg'],
] as const;
const CODES = ['code', 'errorCode', 'error_code'] as const;
/** Meta's own error object has one of these. */
const META = ['fbtrace_id', 'error_subcode', 'error_data'] as const;
const DEEPEST = 8;

/** Below this, providers repeat HTTP statuses as `code`. */
const LEAST_IN_FIELD = 1_000;
/** Below that, these are like no HTTP status: nobody else means them. */
const LIKE_NO_STATUS = [190, 368];
/** Below this, a number in a text may be anybody's, such as an order's, unless it begins the text. */
const LEAST_IN_TEXT = 1_000;
const LEAST_AT_BEGINNING = 100;

const NUMBERS = /\(#(\d{1,6})\)/gu;
const AT_BEGINNING = /^\s*(?:[\p{L} ]{1,40}:\s*)?\(#(\d{1,6})\)/u;
const WHOLE = /^\d{1,6}$/u;

/** What an answer says, apart from what it repeats. */
interface Said {
  readonly texts: { readonly text: string; readonly byMeta: boolean }[];
  readonly codes: { readonly code: number; readonly byMeta: boolean }[];
}

/**
 * The WhatsApp code that a provider passed on: `(#131026)` in a message first, else a code in a field. Looked for in
 * message and error fields alone, also where they hold JSON as a text: a request that the provider repeats holds texts of
 * the recipients file. Codes under 1,000 count only inside Meta's own error object, those of three digits also where a
 * message begins with them, and in a field those that are like no HTTP status.
 *
 * @param answer the provider's answer, parsed
 * @param failed the provider says that it failed itself: in a text of its own a code counts only at the beginning, because
 *   what it failed at may be repeated behind, and may have been executed
 */
export function codeIn(answer: unknown, failed: boolean): number | null {
  const said: Said = { texts: [], codes: [] };
  listen(answer, false, DEEPEST, said);
  for (const { text, byMeta } of said.texts) {
    const known = codesInText(text, byMeta, failed).find(isKnown);
    if (known !== undefined) return known;
  }
  const counts = (code: number): boolean => code >= LEAST_IN_FIELD || LIKE_NO_STATUS.includes(code);
  const known = said.codes.find(({ code, byMeta }) => isKnown(code) && (byMeta || counts(code)));
  return known?.code ?? null;
}

/**
 * A code of WhatsApp's own range that has no class here, such as a new one: it decides nothing, but a person can look it up.
 * Null in what a provider says that failed itself: it may be repeated.
 */
export function newCodeIn(answer: unknown, failed: boolean): number | null {
  if (failed) return null;
  const said: Said = { texts: [], codes: [] };
  listen(answer, false, DEEPEST, said);
  const inTexts = said.texts.flatMap(({ text, byMeta }) => codesInText(text, byMeta, failed));
  return [...inTexts, ...said.codes.map(({ code }) => code)].find(isOfWhatsApp) ?? null;
}

function isKnown(code: number): boolean {
  return classOfCode(code) !== null;
}

function isOfWhatsApp(code: number): boolean {
  return code >= 130_000 && code <= 139_999;
}

function codesInText(text: string, byMeta: boolean, failed: boolean): readonly number[] {
  const all = [...text.matchAll(NUMBERS)].map(([, digits]) => Number(digits));
  if (byMeta) return all;
  const first = Number(AT_BEGINNING.exec(text)?.[1] ?? -1);
  return all.filter((code) =>
    code === first ? code >= LEAST_AT_BEGINNING : code >= LEAST_IN_TEXT && !failed,
  );
}

function listen(value: unknown, byMeta: boolean, depth: number, said: Said): void {
  if (depth === 0) return;
  if (typeof value === 'string') listenToText(value, byMeta, depth, said);
  else if (Array.isArray(value)) for (const one of value) listen(one, byMeta, depth - 1, said);
  else if (typeof value === 'object' && value !== null) {
    listenToObject(value as Record<string, unknown>, byMeta, depth, said);
  }
}

function listenToObject(
  object: Readonly<Record<string, unknown>>,
  within: boolean,
  depth: number,
  said: Said,
): void {
  const byMeta = within || META.some((name) => name in object) || object['type'] === 'OAuthException';
  for (const name of CODES) {
    const code = object[name];
    if (typeof code !== 'number' && typeof code !== 'string') continue;
    if (WHOLE.test(String(code))) said.codes.push({ code: Number(code), byMeta });
  }
  for (const name of SAYING) listen(object[name], byMeta, depth - 1, said);
  const { data } = object as { readonly data?: unknown };
  // Data may be the request again: only what it calls an error is one.
  if (typeof data === 'object' && data !== null && 'error' in data)
    listen(data.error, byMeta, depth - 1, said);
}

/** JSON in a text is read as JSON, or an echo in it would be taken for words of the provider. */
function listenToText(text: string, byMeta: boolean, depth: number, said: Said): void {
  const whole = parsed(text);
  if (whole !== undefined) {
    listen(whole, byMeta, depth - 1, said);
    return;
  }
  const from = text.indexOf('{');
  const to = text.lastIndexOf('}') + 1;
  const inside = from === -1 || to <= from ? undefined : parsed(text.slice(from, to));
  if (inside === undefined) {
    said.texts.push({ text, byMeta });
    return;
  }
  for (const words of [text.slice(0, from), text.slice(to)]) said.texts.push({ text: words, byMeta });
  listen(inside, byMeta, depth - 1, said);
}

/** An object, a list or another text out of JSON; else undefined. */
function parsed(text: string): unknown {
  if (!/^\s*[[{"]/u.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
