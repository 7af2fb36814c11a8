/**
 * Milliseconds that a `Retry-After` header asks for: seconds or an HTTP date (RFC 9110, section 10.2.3), a date
 * counted from the answer's own `Date` where it has one, so that two clocks need not agree. null: none, or
 * nothing that can be read.
 */
export function retryAfterMs(header: string | null, date: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d+(\.\d+)?$/u.test(text)) return Math.round(Number(text) * 1000);
  const until = Date.parse(text);
  if (Number.isNaN(until)) return null;
  const from = date === null ? Number.NaN : Date.parse(date);
  return Math.max(0, until - (Number.isNaN(from) ? now : from));
}
