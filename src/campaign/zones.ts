import { IANAZone } from 'luxon';
import type { Zones } from '../core/schedule.js';

const MINUTE_MS = 60_000;

/** Countries that the Unicode data behind `Intl` does not list. */
const UNLISTED: Readonly<Record<string, readonly string[]>> = { XK: ['Europe/Belgrade'] };

/** What the engine said of a country, which takes it a quarter of a millisecond: a page asks for all. */
const BY_COUNTRY = new Map<string, readonly string[]>();

/** Time zones from the tz database that comes with Node (`Intl`), read through luxon. */
export function ianaZones(): Zones {
  return {
    offsetMsAt: (zone, at) => IANAZone.create(zone).offset(at) * MINUTE_MS,
    zonesOf(country) {
      const known = BY_COUNTRY.get(country) ?? zonesOfCountry(country);
      BY_COUNTRY.set(country, known);
      return known;
    },
  };
}

/** Newer engines have a method, older ones a property (https://tc39.es/proposal-intl-locale-info/). */
type LocaleWithZones = Intl.Locale & {
  readonly timeZones?: readonly string[] | undefined;
  readonly getTimeZones?: () => readonly string[] | undefined;
};

function zonesOfCountry(country: string): readonly string[] {
  if (!/^[A-Z]{2}$/.test(country)) return [];
  const locale: LocaleWithZones = new Intl.Locale(`und-${country}`);
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  return zones.length > 0 ? zones : (UNLISTED[country] ?? []);
}
