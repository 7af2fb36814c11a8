import type { Chance } from './clock.js';

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
