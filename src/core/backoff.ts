import type { Chance } from './clock.js';
import { httpMoment } from './moments.js';

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;
const PERSON_FIRST_MS = 6_000;
const PERSON_LONGEST_MS = 5 * 60_000;

/** The longest `Retry-After` that a run waits for; beyond it the run halts and says until when. */
export const LONGEST_RETRY_AFTER_MS = 15 * 60_000;

/**
 * Wait before the next try of a delivery that was deferred `deferrals` times before: 1 s doubling to 60 s, of
 * which chance takes up to a half off, so that a crowd does not come back at once.
 */
export function backoffMs(deferrals: number, chance: Chance): number {
  const full = Math.min(FIRST_MS * 2 ** deferrals, LONGEST_MS);
  return Math.round(full * (1 - chance() / 2));
}

/**
 * Wait after WhatsApp's pair limit (131056): 6 s, 24 s, 96 s, at most 5 min. One message per 6 s to the same
 * person, then 4^n: https://developers.facebook.com/docs/whatsapp/cloud-api/overview#pair-rate-limits
 */
export function personBackoffMs(deferrals: number): number {
  return Math.min(PERSON_FIRST_MS * 4 ** deferrals, PERSON_LONGEST_MS);
}

/** No provider asks for more than a year: beyond it a number is a mistake, and no date can show it. */
const LONGEST_ASKED_MS = 366 * 24 * 60 * 60_000;

/**
 * Milliseconds that a `Retry-After` header asks for: seconds or an HTTP date (RFC 9110, section 10.2.3), a date
 * counted from the answer's own `Date` where it has one, so that two clocks need not agree. At most a year. null:
 * none, or nothing that can be read.
 */
export function retryAfterMs(header: string | null, date: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d+(\.\d+)?$/u.test(text)) return Math.min(LONGEST_ASKED_MS, Math.round(Number(text) * 1000));
  const until = httpMoment(text);
  if (until === null) return null;
  return Math.min(LONGEST_ASKED_MS, Math.max(0, until - (httpMoment(date) ?? now)));
}
