import type { FilterImplOptions } from 'liquidjs';
import { DateTime } from 'luxon';
import { UnreadableValue } from './unreadable-value.js';

type Filter = Extract<FilterImplOptions, (...args: never) => unknown>;

const DATE_FILTERS = [
  'date',
  'date_to_xmlschema',
  'date_to_rfc822',
  'date_to_string',
  'date_to_long_string',
] as const;

/** Day, perhaps with a time, perhaps with its distance from UTC. 05/12/2026 is two days, by who reads it. */
const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** Codes that Liquid fills in with the language or the zone of the machine alone. */
const BY_THE_MACHINE = /%[-_0^#:]*\d*[EO]?[cxX]/;

/**
 * The filters that print a date, for texts of cells: it is printed as the cell has it, on every machine. Liquid would read it
 * in the zone of the machine: 2026-12-05 is the 4th wherever the clock is behind UTC. What is no date for certain is an
 * error of its row (`UnreadableValue`).
 */
export function datePrinting(filters: Readonly<Record<string, FilterImplOptions>>): Record<string, Filter> {
  return Object.fromEntries(
    DATE_FILTERS.map((name) => {
      const original = filters[name] as Filter;
      const filter: Filter = function (value, format, zone) {
        if (BY_THE_MACHINE.test(String(format ?? ''))) {
          throw new Error('%c, %x and %X differ from machine to machine: write the codes one by one');
        }
        const { text, hasZone } = certainMoment(value);
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

function certainMoment(value: unknown): Moment {
  const found = typeof value === 'string' ? MOMENT.exec(value.trim()) : null;
  const [, day = '', time = '00:00', zone = ''] = found ?? [];
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const text = `${day}T${time}${offset === '' ? 'Z' : offset}`;
  if (found === null || !DateTime.fromISO(text).isValid) throw new UnreadableValue('variable.date', value);
  return { text, hasZone: offset !== '' };
}

/** Languages of names of days and months; elsewhere they are English. */
const NAMES: ReadonlySet<string> = new Set(['de', 'es', 'fr', 'it', 'pt']);

/** The language in which names of days and months are printed for the people of a country: that of most who live there. */
export function languageOf(country: string | null): string {
  if (country === null || !/^[A-Z]{2}$/.test(country)) return 'en';
  const { language } = new Intl.Locale(`und-${country}`).maximize();
  return NAMES.has(language) ? language : 'en';
}
