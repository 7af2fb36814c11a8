import type { DailyWindow } from '../core/campaign.js';
import { failed, ok, type Result } from '../core/problem.js';
import { shown } from '../core/quantities.js';
import { suggestion } from '../core/suggestion.js';

const MINUTES_PER_DAY = 24 * 60;
const DAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The written form of a window, for the JSON Schema and for the parser below. */
export const WRITTEN_WINDOW = /^\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*$/;
const WRITTEN_DAYS = /^([a-z]+)(?:\s*[-–]\s*([a-z]+))?$/;
/** Years of this century: `0206` and `2206` are typing mistakes, of which one sends at once and one never. */
const WRITTEN_MOMENT = /^\s*(20\d{2}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?)?\s*$/;

/** A daily window from `09:00-20:00`; `20:00-02:00` runs over midnight, `24:00` ends at midnight. */
export function parseWindow(text: string): Result<DailyWindow> {
  const found = WRITTEN_WINDOW.exec(text);
  const fromMinute = minuteOfDay(found?.[1], found?.[2]);
  const toMinute = minuteOfDay(found?.[3], found?.[4]);
  if (fromMinute === null || toMinute === null || fromMinute === MINUTES_PER_DAY) {
    return failed({ code: 'campaign.window', params: { value: shown(text) } });
  }
  if (fromMinute === toMinute) {
    return failed({ code: 'campaign.window-never-opens', params: { value: shown(text) } });
  }
  return ok({ fromMinute, toMinute });
}

function minuteOfDay(hours: string | undefined, minutes: string | undefined): number | null {
  const minute = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && minute <= MINUTES_PER_DAY ? minute : null;
}

/** ISO weekdays from `mon-sat`, `sat-mon`, `mon, wed-fri`; in order, each once. */
export function parseDays(text: string): Result<readonly number[]> {
  const days = new Set<number>();
  for (const part of text.toLowerCase().split(',')) {
    const found = WRITTEN_DAYS.exec(part.trim());
    const first = dayOf(found?.[1]);
    const last = found?.[2] === undefined ? first : dayOf(found[2]);
    if (first === null || last === null) {
      return failed({ code: 'campaign.days', params: { value: shown(text) } });
    }
    for (let day = first; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === last) break;
    }
  }
  return ok([...days].sort((one, other) => one - other));
}

/** `mon`, `Monday`, `thurs`: at least three letters of an English name. */
function dayOf(name: string | undefined): number | null {
  if (name === undefined || name.length < 3) return null;
  const index = DAY_NAMES.findIndex((short) => name.startsWith(short) && FULL_NAMES[short].startsWith(name));
  return index === -1 ? null : index + 1;
}

const FULL_NAMES: Readonly<Record<(typeof DAY_NAMES)[number], string>> = {
  mon: 'monday',
  tue: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
};

/** A local date and time, `2026-03-21T09:00`; without a time, the beginning of that day. */
export function parseLocalMoment(text: string): Result<string> {
  const found = WRITTEN_MOMENT.exec(text);
  const date = found?.[1] ?? '';
  const time = found?.[2] ?? '00:00';
  const at = new Date(`${date}T${time}:00Z`);
  // A date such as 30 February rolls over instead of failing.
  const exists = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${date}T${time}`);
  return exists ? ok(`${date}T${time}`) : failed({ code: 'campaign.moment', params: { value: shown(text) } });
}

/** `recipient`, or an IANA time zone in its usual spelling. The problem names the zone that was most likely meant. */
export function parseTimezone(text: string): Result<string> {
  const typed = text.trim();
  if (typed.toLowerCase() === 'recipient') return ok('recipient');
  const zone = ianaZone(typed);
  if (zone !== null) return ok(zone);
  const meant = likelyZone(typed);
  return meant === null
    ? failed({ code: 'campaign.timezone', params: { value: shown(typed) } })
    : failed({ code: 'campaign.timezone-meant', params: { value: shown(typed), meant } });
}

/** Offsets such as `-05:00` are no zones: they know nothing of daylight saving. */
function ianaZone(typed: string): string | null {
  if (!/^[A-Za-z]/.test(typed)) return null;
  const known = Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === typed.toLowerCase());
  if (known !== undefined) return known;
  try {
    new Intl.DateTimeFormat('en', { timeZone: typed });
    return typed;
  } catch {
    return null;
  }
}

function likelyZone(typed: string): string | null {
  const zones = Intl.supportedValuesOf('timeZone');
  const city = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1);
  const underscored = typed.replaceAll(/\s+/gu, '_');
  const byCity = suggestion(underscored.slice(underscored.lastIndexOf('/') + 1), zones.map(city));
  return suggestion(underscored, zones) ?? zones.find((zone) => city(zone) === byCity) ?? null;
}
