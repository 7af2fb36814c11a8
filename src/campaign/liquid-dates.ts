import type { Context, FilterImplOptions } from 'liquidjs';
import { isCalendarDate } from '../core/moments.js';
import { BLANK_VALUE, isBlank, meantBy, UnreadableValue } from './liquid-cells.js';

type Filter = Extract<FilterImplOptions, (...args: never) => unknown>;

const DATE_FILTERS = [
  'date',
  'date_to_xmlschema',
  'date_to_rfc822',
  'date_to_string',
  'date_to_long_string',
] as const;

/** A time of day, perhaps with its distance from UTC. */
const TIME = String.raw`(?:(?:T|,? )(\d{1,2}):(\d{2}(?::\d{2}(?:\.\d+)?)?)(?:\s?([ap])\.?\s?m\.?)?\s?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})${TIME}`, 'i');
/** 05/12/2026 is two days, by who reads it. */
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})${TIME}`, 'i');

/** What Liquid fills in with the language or the zone of the machine alone, and what it leaves as it stands. */
const UNUSABLE_CODE = /%[-_0^#:]*\d*[EO]?([cDfFgGiJKoQrRTvVxX])/;

/** The first code of a format that comes out otherwise on another machine, or not at all, such as `%c`; null: there is none. */
export function unusableCode(format: string): string | null {
  const code = UNUSABLE_CODE.exec(format.replaceAll('%%', ''))?.[1];
  return code === undefined ? null : `%${code}`;
}

/** How the people of a country write dates. */
export interface DateHabits {
  /** Of names of days and months. */
  readonly language: string;
  /** Whether 05/12/2026 is surely a day of December. */
  readonly dayFirst: boolean;
}

/** Languages of names of days and months; elsewhere they are English. */
const NAMES: ReadonlySet<string> = new Set(['de', 'es', 'fr', 'it', 'pt']);

/** How most people of a country write dates, as the Unicode data behind `Intl` has it. Null: no country is known. */
export function dateHabits(country: string | null): DateHabits {
  if (country === null || !/^[A-Z]{2}$/.test(country)) return { language: 'en', dayFirst: false };
  const { language } = new Intl.Locale(`und-${country}`).maximize();
  const [first] = new Intl.DateTimeFormat(`${language}-${country}`).formatToParts(0);
  return { language: NAMES.has(language) ? language : 'en', dayFirst: first?.type === 'day' };
}

/**
 * The filters that print a date, for texts of cells: it is printed as the cell has it, on every machine. Liquid would read it
 * in the zone of the machine: 2026-12-05 is the 4th wherever the clock is behind UTC. What is no date for certain is an
 * error of its row (`UnreadableValue`).
 */
export function datePrinting(
  filters: Readonly<Record<string, FilterImplOptions>>,
  { dayFirst }: DateHabits,
): Record<string, Filter> {
  return Object.fromEntries(
    DATE_FILTERS.map((name) => {
      const original = filters[name] as Filter;
      const printed = new Remembered();
      const filter: Filter = function (value, format, zone) {
        const unusable = unusableCode(String(format ?? ''));
        if (unusable !== null) throw new UnreadableValue('variable.date', unusable);
        if (isBlank(value)) return BLANK_VALUE;
        const { text, hasZone } = certainMoment(value, this.context, dayFirst);
        // The others have a style in the place of a zone.
        const third = name === 'date' && !hasZone ? undefined : zone;
        return printed.of(JSON.stringify([text, format, third]), () =>
          original.call(this, text, format, third),
        );
      };
      return [name, filter];
    }),
  );
}

/** Days of a spreadsheet are numbers, too, such as 46361: those are no seconds. */
const FIRST_SECOND = 100_000_000;

/** How many dates are remembered as they were printed: the same come again and again, and names of months take 0.3 ms. */
const REMEMBERED = 4096;

class Remembered {
  #known = new Map<string, unknown>();

  of(key: string, make: () => unknown): unknown {
    if (this.#known.has(key)) return this.#known.get(key);
    if (this.#known.size >= REMEMBERED) this.#known = new Map();
    const made = make();
    this.#known.set(key, made);
    return made;
  }
}

/** A day with its time. */
interface Moment {
  /** With a `Z` where the cell says nothing of a zone, so that nothing is moved. */
  readonly text: string;
  readonly hasZone: boolean;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** Throws `UnreadableValue` for what is no day for certain. */
export function certainMoment(value: unknown, context: Context, dayFirst: boolean): Moment {
  const moment = momentOf(value, context, dayFirst);
  if (moment === null) throw new UnreadableValue('variable.date', value);
  return moment;
}

/** Null: no day, or one that people read differently. A number: seconds since 1970, as `date: "%s"` gives them. */
export function momentOf(value: unknown, context: Context, dayFirst: boolean): Moment | null {
  if (typeof value === 'number') return value < FIRST_SECOND ? null : momentAt(value * 1000);
  const known = meantBy(context, value);
  const meant = known === null ? value : known;
  return typeof meant === 'string' ? readMoment(meant.trim(), dayFirst) : null;
}

/** Whether it is written as a day, be it one or not, or two. */
export function isDayLike(value: unknown): boolean {
  return typeof value === 'string' && (YEAR_FIRST.test(value.trim()) || YEAR_LAST.test(value.trim()));
}

function momentAt(at: number): Moment | null {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : { text: date.toISOString(), hasZone: true, at };
}

function readMoment(written: string, dayFirst: boolean): Moment | null {
  const [, first = '', , month = '', last = '', hour = '0', minute = '00', half, zone = ''] =
    YEAR_FIRST.exec(written) ?? (dayFirst ? YEAR_LAST.exec(written) : null) ?? [];
  const [year, day] = first.length === 4 ? [first, last] : [last, first];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const clock = hourOf(Number(hour), half);
  const text = `${date}T${String(clock).padStart(2, '0')}:${minute}${zoneOf(zone)}`;
  const at = Date.parse(text);
  return clock === null || !isCalendarDate(date) || Number.isNaN(at)
    ? null
    : { text, hasZone: zone !== '', at };
}

/** `half`: the `a` or `p` of a.m. and p.m. Null: there is no such hour. */
function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour > 23 ? null : hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function zoneOf(zone: string): string {
  if (!/^[+-]/.test(zone)) return 'Z';
  return `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
}
