import type { DailyWindow, Schedule } from './campaign.js';
import type { Zones } from './schedule.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MINUTES_PER_DAY = 1_440;
const ALL_DAY: DailyWindow = { fromMinute: 0, toMinute: MINUTES_PER_DAY };

/** Whether the local clock of one zone stands inside the days and the window; `notBefore` is not looked at. */
export function isOpenIn(schedule: Schedule, at: number, zone: string, zones: Zones): boolean {
  const { fromMinute, toMinute } = schedule.window ?? ALL_DAY;
  const local = at + zones.offsetMsAt(zone, at);
  const minute = msOfDay(local) / MINUTE_MS;
  const today = weekdayOf(local);
  if (fromMinute < toMinute) {
    return minute >= fromMinute && minute < toMinute && schedule.days.includes(today);
  }
  // Over midnight: the hours after it belong to the day on which the window opened.
  if (minute >= fromMinute) return schedule.days.includes(today);
  return minute < toMinute && schedule.days.includes(today === 1 ? 7 : today - 1);
}

/** The next moment after `at` at which the zone may open or close: an edge of the window, midnight, or a change of the clock. */
export function edgeAfter(schedule: Schedule, at: number, zone: string, zones: Zones): number {
  const { fromMinute, toMinute } = schedule.window ?? ALL_DAY;
  const offset = zones.offsetMsAt(zone, at);
  const now = msOfDay(at + offset);
  const edges = [fromMinute * MINUTE_MS, toMinute * MINUTE_MS, DAY_MS].filter((edge) => edge > now);
  const candidate = at + Math.min(...edges) - now;
  return zones.offsetMsAt(zone, candidate) === offset ? candidate : clockChange(at, candidate, zone, zones);
}

/** First moment of `notBefore` in a zone: where the clock skips it, the moment of the skip; where it comes twice, the first. */
export function notBeforeIn(schedule: Schedule, zone: string, zones: Zones): number {
  if (schedule.notBefore === null) return Number.NEGATIVE_INFINITY;
  const local = Date.parse(`${schedule.notBefore}:00Z`);
  const before = local - zones.offsetMsAt(zone, local - DAY_MS);
  const after = local - zones.offsetMsAt(zone, local + DAY_MS);
  const showsIt = (moment: number) => moment + zones.offsetMsAt(zone, moment) === local;
  const fitting = [before, after].filter(showsIt);
  if (fitting.length > 0) return Math.min(...fitting);
  return clockChange(Math.min(before, after), Math.max(before, after), zone, zones);
}

/** The first moment in (from, to] at which the zone's offset is no longer that of `from`. */
function clockChange(from: number, to: number, zone: string, zones: Zones): number {
  const offset = zones.offsetMsAt(zone, from);
  let same = from;
  let changed = to;
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (zones.offsetMsAt(zone, middle) === offset) same = middle;
    else changed = middle;
  }
  return changed;
}

function msOfDay(local: number): number {
  return ((local % DAY_MS) + DAY_MS) % DAY_MS;
}

/** 1 January 1970 was a Thursday. */
function weekdayOf(local: number): number {
  return ((((Math.floor(local / DAY_MS) + 3) % 7) + 7) % 7) + 1;
}
