import type { FilterImplOptions } from 'liquidjs';
import { meantBy } from './known-meanings.js';
import { UnreadableValue } from './unreadable-value.js';

type Filter = Extract<FilterImplOptions, (...args: never) => unknown>;

const DATE_FILTERS = [
  'date',
  'date_to_xmlschema',
  'date_to_rfc822',
  'date_to_string',
  'date_to_long_string',
] as const;

/** A time of day, perhaps with its distance from UTC. */
const TIME = String.raw`(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?$`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})${TIME}`, 'i');
/** 05/12/2026 is two days, by who reads it. */
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})${TIME}`, 'i');

/** Codes that Liquid fills in with the language or the zone of the machine alone. */
const BY_THE_MACHINE = /%[-_0^#:]*\d*[EO]?[cxX]/;

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
      const filter: Filter = function (value, format, zone) {
        if (BY_THE_MACHINE.test(String(format ?? ''))) {
          throw new Error('%c, %x and %X differ from machine to machine: write the codes one by one');
        }
        const meant = meantBy(this.context, value);
        const { text, hasZone } = certainMoment(meant === null ? value : meant, dayFirst, value);
        return original.call(this, text, format, hasZone ? zone : undefined);
      };
      return [name, filter];
    }),
  );
}

interface Moment {
  /** With a `Z` where the cell says nothing of a zone, so that nothing is moved. */
  readonly text: string;
  readonly hasZone: boolean;
}

function certainMoment(value: unknown, dayFirst: boolean, shown: unknown): Moment {
  const [day, time = '00:00', zone = ''] = partsOf(typeof value === 'string' ? value.trim() : '', dayFirst);
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const text = `${day}T${time}${offset === '' ? 'Z' : offset}`;
  if (!isDay(day) || Number.isNaN(Date.parse(text))) throw new UnreadableValue('variable.date', shown);
  return { text, hasZone: offset !== '' };
}

/** JavaScript takes the 30th of February for the 2nd of March. */
function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

function partsOf(
  text: string,
  dayFirst: boolean,
): readonly [day: string, time: string | undefined, zone: string | undefined] {
  const iso = YEAR_FIRST.exec(text);
  if (iso !== null) return [`${iso[1]}-${iso[2]}-${iso[3]}`, iso[4], iso[5]];
  const [, day = '', , month = '', year = '', time, zone] = (dayFirst && YEAR_LAST.exec(text)) || [];
  return [`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, time, zone];
}
