import { parseDuration } from '../../campaign/quantities.js';
import { isCalendarDate } from '../../core/conversation-options.js';
import { failed, ok, type Result } from '../../core/problem.js';

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 36_500;

/**
 * The moment at which an entry stops to count: the end of a day (`2027-01-31`, by this machine's calendar), or so
 * long from now (`90d`, `12h`).
 */
export function parseExpiry(text: string, now: number): Result<number> {
  const written = text.trim();
  const at = isCalendarDate(written) ? endOfDay(written) : afterNow(written, now);
  if (at === null) return failed({ code: 'suppress.expires', params: { value: text } });
  return at > now ? ok(at) : failed({ code: 'suppress.expires-past', params: { value: text } });
}

function endOfDay(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + 1).getTime();
}

function afterNow(text: string, now: number): number | null {
  const duration = parseDuration(text, { min: 1_000, max: LONGEST_DAYS * DAY_MS });
  return duration.ok ? now + duration.value : null;
}
