import { NUMBER_LOCALES } from '../core/number-locale.js';
import type { Language } from '../locales/index.js';

/** How numbers, moments and countries read in the reader's language. */
export interface Format {
  /** Language tag for `Intl`. */
  readonly locale: string;
  /** IANA name of the zone in which moments are shown. */
  readonly timeZone: string;
  count(value: number): string;
  /** A share of 0 to 1 as a percentage. */
  share(value: number): string;
  money(value: number, currency: string): string;
  /** Day and time to the minute. */
  moment(at: number): string;
  day(at: number): string;
  /** Hours and minutes. */
  clock(at: number): string;
  /** Name of the zone with its distance from UTC, such as `Peru Standard Time (GMT-5)`. */
  zone(at: number): string;
  /** Milliseconds as a person reads them, such as `1.2 s`. */
  latency(milliseconds: number): string;
  /** ISO 3166-1 alpha-2 to a name, or null where there is none. */
  country(code: string): string | null;
}

/** The formats of one report or page. */
export function formatFor(language: Language, timeZone: string): Format {
  const locale = NUMBER_LOCALES[language];
  const whole = new Intl.NumberFormat(locale);
  const moments = momentsFor(locale, timeZone);
  const regions = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  return {
    locale,
    timeZone,
    ...moments,
    count: (value) => whole.format(value),
    share: (value) => shareIn(locale, value),
    money: (value, currency) => moneyIn(locale, value, currency),
    latency: (milliseconds) => latencyIn(locale, milliseconds),
    country: (code) => (/^[A-Z]{2}$/u.test(code) ? (regions.of(code) ?? null) : null),
  };
}

function momentsFor(locale: string, timeZone: string): Pick<Format, 'moment' | 'day' | 'clock' | 'zone'> {
  const clock: Intl.DateTimeFormatOptions = {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  };
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric', timeZone };
  const moments = new Intl.DateTimeFormat(locale, { ...day, ...clock });
  const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone });
  const clocks = new Intl.DateTimeFormat(locale, clock);
  return {
    moment: (at) => moments.format(at),
    day: (at) => days.format(at),
    clock: (at) => clocks.format(at),
    zone: (at) => {
      const long = zoneName(locale, timeZone, 'long', at);
      const offset = zoneName(locale, timeZone, 'shortOffset', at);
      return long === offset ? long : `${long} (${offset})`;
    },
  };
}

function zoneName(locale: string, timeZone: string, style: 'long' | 'shortOffset', at: number): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: style }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

/** One digit behind the point where that tells something: 99.9 % must not read as 100 %, nor 0.1 % as nothing. */
function shareIn(locale: string, value: number): string {
  const nearEnd = value > 0 && value < 1 && (value < 0.1 || value > 0.9);
  const rounded = nearEnd ? Math.min(Math.max(value, 0.001), 0.999) : value;
  const digits = nearEnd ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(rounded);
}

function moneyIn(locale: string, value: number, currency: string): string {
  if (/^[A-Z]{3}$/u.test(currency)) {
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(value);
  }
  return `${new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(value)} ${currency}`;
}

function latencyIn(locale: string, milliseconds: number): string {
  const inSeconds = milliseconds >= 1000;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: inSeconds ? 'second' : 'millisecond',
    unitDisplay: 'short',
    maximumFractionDigits: inSeconds ? 1 : 0,
  }).format(inSeconds ? milliseconds / 1000 : milliseconds);
}

/**
 * The zone in which this machine's clock runs: its IANA name. Where `TZ` is empty, or says it in another way (`PET5`), its
 * distance from UTC, such as `-05:00`, which `Intl` takes as a zone, too.
 */
export function ownZone(): string {
  const { timeZone }: { readonly timeZone?: string | undefined } =
    new Intl.DateTimeFormat().resolvedOptions();
  // The engine's own word for a zone that it cannot name is no zone to it.
  if (timeZone !== undefined && timeZone !== 'Etc/Unknown') return timeZone;
  const minutesAhead = -new Date().getTimezoneOffset();
  if (minutesAhead === 0) return 'UTC';
  const twoDigits = (part: number) => String(Math.floor(part)).padStart(2, '0');
  const ahead = Math.abs(minutesAhead);
  return `${minutesAhead < 0 ? '-' : '+'}${twoDigits(ahead / 60)}:${twoDigits(ahead % 60)}`;
}
