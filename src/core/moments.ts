/** Whether a text is a day that exists, as `2024-02-29`. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const moment = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}

/** ISO 8601 with any number of fractional digits, or as databases print it: with a blank for the `T`, a zone of two digits. */
const WRITTEN =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(?:(Z|UTC|GMT)|([+-]\d{2})(?::?(\d{2}))?)?)?$/iu;

/**
 * A moment that somebody wrote (`2026-03-20`, `2026-03-20T09:00`, `2026-03-20 09:00:00-05`) as epoch milliseconds; null
 * when it is none. A day is its beginning.
 *
 * @param unzoned whose clock a moment without a zone shows
 */
export function writtenMoment(text: string, unzoned: 'utc' | 'this-machine'): number | null {
  const [, day = '', clock = '00:00', utc, hours, minutes = '00'] = WRITTEN.exec(text.trim()) ?? [];
  if (!isCalendarDate(day)) return null;
  const own = hours === undefined ? '' : `${hours}:${minutes}`;
  const zone = utc !== undefined || (own === '' && unzoned === 'utc') ? 'Z' : own;
  const moment = Date.parse(`${day}T${clock}${zone}`);
  return Number.isNaN(moment) ? null : moment;
}

/** A provider's time stamp as epoch milliseconds; null when it is none. Without a zone it is UTC, because providers write UTC. */
export function momentOf(text: string | null | undefined): number | null {
  return writtenMoment(text ?? '', 'utc');
}

/** A bare number such as `-5` would be read as a year or a month otherwise. */
const TIME_OF_DAY = /\d:\d\d/u;
const ENDS_WITH_ZONE = /(?:[A-Z]|[+-]\d{2}:?\d{2})$/iu;

/**
 * An HTTP date (RFC 9110, section 5.6.7) as epoch milliseconds; null when it is none. All of them are in GMT, also the oldest
 * form, `Sun Nov  6 08:49:37 1994`, and others that do not say so.
 */
export function httpMoment(text: string | null): number | null {
  const written = (text ?? '').trim();
  if (!TIME_OF_DAY.test(written)) return null;
  const zoned = ENDS_WITH_ZONE.test(written) ? written : `${written} GMT`;
  const moment = writtenMoment(written, 'utc') ?? Date.parse(zoned);
  return Number.isNaN(moment) ? null : moment;
}

/** The day of a moment by this machine's calendar, as `2026-03-21`. */
export function localDay(at: number): string {
  const date = new Date(at);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

/** The first moment of a day such as `2026-03-21` by this machine's calendar, or of one that lies so many days behind it. */
export function startOfLocalDay(day: string, daysLater = 0): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).getTime();
}

/** The moment so many months before another, by this machine's calendar; in a month without such a day, on its last one. */
export function monthsBefore(at: number, months: number): number {
  const date = new Date(at);
  const day = date.getDate();
  date.setMonth(date.getMonth() - months);
  if (date.getDate() !== day) date.setDate(0);
  return date.getTime();
}
