/** No provider asks for more than a year: beyond it a number is a mistake, and no date can show it. */
const LONGEST_MS = 366 * 24 * 60 * 60_000;
/** The oldest of the three forms of HTTP dates, `Sun Nov  6 08:49:37 1994`, is in GMT without saying so. */
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [\d ]\d [\d:]{8} \d{4}$/u;
/** A date has a time of day; a bare number such as `-5` would be read as a year or a month otherwise. */
const TIME_OF_DAY = /\d:\d\d/u;

/**
 * Milliseconds that a `Retry-After` header asks for: seconds or an HTTP date (RFC 9110, section 10.2.3), a date
 * counted from the answer's own `Date` where it has one, so that two clocks need not agree. At most a year. null:
 * none, or nothing that can be read.
 */
export function retryAfterMs(header: string | null, date: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d+(\.\d+)?$/u.test(text)) return Math.min(LONGEST_MS, Math.round(Number(text) * 1000));
  const until = TIME_OF_DAY.test(text) ? Date.parse(ASCTIME.test(text) ? `${text} GMT` : text) : Number.NaN;
  if (Number.isNaN(until)) return null;
  const from = date === null ? Number.NaN : Date.parse(date);
  return Math.min(LONGEST_MS, Math.max(0, until - (Number.isNaN(from) ? now : from)));
}
