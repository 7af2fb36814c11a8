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

const IN_TEXT = /\(#(\d{1,6})\)/gu;
const IN_FIELD = /\\?"(?:code|error_code|errorCode)\\?"\s*:\s*\\?"?(\d{1,6})(?!\d)/gu;
/** Meta's own error object; only inside it may a small number be a WhatsApp code and not an HTTP status. */
const META_ERROR = /\\?"(?:fbtrace_id|error_subcode|error_data|OAuthException)\\?"/u;

/**
 * The WhatsApp code that a provider passed on: `(#131026)` in a text first, else a `"code": 131026` in the body.
 * Codes under 1,000 count only as `(#4)` or inside Meta's own error object, because providers repeat HTTP
 * statuses as `code`.
 */
export function codeIn(body: string): number | null {
  return firstKnown(body, IN_TEXT, 0) ?? firstKnown(body, IN_FIELD, 1000) ?? smallCodeOfMeta(body);
}

/** The fields of one object stand between two braces, also where JSON stands in a text. */
function smallCodeOfMeta(body: string): number | null {
  for (const fields of body.split(/[{}]/u)) {
    const code = META_ERROR.test(fields) ? firstKnown(fields, IN_FIELD, 0) : null;
    if (code !== null) return code;
  }
  return null;
}

function firstKnown(text: string, pattern: RegExp, least: number): number | null {
  for (const match of text.matchAll(pattern)) {
    const code = Number(match[1]);
    if (code >= least && classOfCode(code) !== null) return code;
  }
  return null;
}
