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
