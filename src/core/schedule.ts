import type { Schedule } from './campaign.js';
import { edgeAfter, isOpenIn, notBeforeIn } from './schedule-zone.js';

/** Port: what local time is, and which zones a country has. */
export interface Zones {
  /** How far local time is ahead of UTC at a moment, in milliseconds. The zone is an IANA name that exists. */
  offsetMsAt(zone: string, at: number): number;
  /** IANA names of a country's zones (ISO 3166-1 alpha-2); none where the country is not known. */
  zonesOf(country: string): readonly string[];
}

/** Whether something may be sent at a moment, and until when that holds (epoch milliseconds). */
export type Openness =
  | { readonly open: true /** null: it stays open. */; readonly closesAt: number | null }
  | { readonly open: false /** null: it never opens. */; readonly opensAt: number | null };

/**
 * Where nothing tells the country: the window must hold from Mexico to Spain, so that it suits everyone between the two
 * ends of the Spanish-speaking world.
 */
export const ZONES_OF_NOWHERE: readonly string[] = ['America/Mexico_City', 'Europe/Madrid'];

const DAY_MS = 86_400_000;
/** The same hours come back every week; two weeks also cover a change of daylight saving in between. */
const HORIZON_MS = 15 * DAY_MS;
const MOST_STRETCHES = 10_000;

/**
 * The zones in which the window must hold for a recipient. With `timezone: recipient` these are all zones of the phone's
 * country; where the phone does not tell, of the campaign's country; where that is missing, `ZONES_OF_NOWHERE`.
 */
export function scheduleZones(
  schedule: Schedule,
  country: string,
  campaignCountry: string | null,
  zones: Zones,
): readonly string[] {
  if (schedule.timezone !== 'recipient') return [schedule.timezone];
  const own = zones.zonesOf(country);
  if (own.length > 0) return own;
  const campaigns = campaignCountry === null ? [] : zones.zonesOf(campaignCountry);
  return campaigns.length > 0 ? campaigns : ZONES_OF_NOWHERE;
}

/**
 * Whether the schedule lets a message out at a moment, in all of these zones at once. The local clock decides: an hour that
 * daylight saving repeats or leaves out is open when the clock shows a time inside the window. The answer
 * holds until `closesAt` or `opensAt`.
 */
export function opennessAt(
  schedule: Schedule,
  at: number,
  zoneNames: readonly string[],
  zones: Zones,
): Openness {
  if (isOpen(schedule, at, zoneNames, zones)) {
    return { open: true, closesAt: closingAfter(schedule, at, zoneNames, zones) };
  }
  return { open: false, opensAt: openingAfter(schedule, at, zoneNames, zones) };
}

function isOpen(schedule: Schedule, at: number, zoneNames: readonly string[], zones: Zones): boolean {
  return zoneNames.every(
    (zone) => at >= notBeforeIn(schedule, zone, zones) && isOpenIn(schedule, at, zone, zones),
  );
}

function closingAfter(
  schedule: Schedule,
  at: number,
  zoneNames: readonly string[],
  zones: Zones,
): number | null {
  if (schedule.window === null && schedule.days.length === 7) return null;
  const closings = zoneNames.map((zone) => changeAfter(schedule, at, zone, zones));
  const known = closings.filter((closing) => closing !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Each zone that is closed moves the moment on to where it opens, until all are open together. */
function openingAfter(
  schedule: Schedule,
  at: number,
  zoneNames: readonly string[],
  zones: Zones,
): number | null {
  let moment = Math.max(at, ...zoneNames.map((zone) => notBeforeIn(schedule, zone, zones)));
  const horizon = moment + HORIZON_MS;
  while (moment <= horizon) {
    const from = moment;
    const closed = zoneNames.filter((zone) => !isOpenIn(schedule, from, zone, zones));
    if (closed.length === 0) return moment;
    for (const zone of closed) {
      const opening = changeAfter(schedule, from, zone, zones);
      if (opening === null) return null;
      moment = Math.max(moment, opening);
    }
  }
  return null;
}

/** The next moment at which the zone changes between open and closed, or null when it does not within the horizon. */
function changeAfter(schedule: Schedule, at: number, zone: string, zones: Zones): number | null {
  const before = isOpenIn(schedule, at, zone, zones);
  let moment = at;
  while (moment < at + HORIZON_MS) {
    moment = edgeAfter(schedule, moment, zone, zones);
    if (isOpenIn(schedule, moment, zone, zones) !== before) return moment;
  }
  return null;
}

/** What a forecast is made from. */
export interface Forecast {
  /** null: always open. */
  readonly schedule: Schedule | null;
  readonly startAt: number;
  readonly remaining: number;
  /** How long the first people make the others wait. */
  readonly pauseMs: number;
  readonly ratePerSecond: number;
  /** People in 24 hours, or null. */
  readonly perDay: number | null;
  /** How much of `perDay` is used when it starts; less than that. */
  readonly usedToday: number;
  readonly zoneNames: readonly string[];
}

/** When the first message would go out; null: never. */
export function startsAt({ schedule, startAt, zoneNames }: Forecast, zones: Zones): number | null {
  if (schedule === null) return startAt;
  const openness = opennessAt(schedule, startAt, zoneNames, zones);
  return openness.open ? startAt : openness.opensAt;
}

/**
 * When the last message would go out at this rate, inside the schedule and the daily cap; null when that never happens. An
 * estimate: the cap is taken per 24 hours from the first message on, and nothing is slowed down or tried again.
 */
export function finishAt(forecast: Forecast, zones: Zones): number | null {
  const { schedule, ratePerSecond, zoneNames } = forecast;
  const perDay = forecast.perDay ?? Number.POSITIVE_INFINITY;
  let moment = forecast.startAt;
  let { remaining, pauseMs } = forecast;
  let day = { startAt: moment, left: perDay - forecast.usedToday };
  for (let stretch = 0; remaining > 0 && stretch < MOST_STRETCHES; stretch += 1) {
    if (moment >= day.startAt + DAY_MS) day = { startAt: moment, left: perDay };
    const openness: Openness =
      schedule === null ? { open: true, closesAt: null } : opennessAt(schedule, moment, zoneNames, zones);
    if (!openness.open) {
      if (openness.opensAt === null) return null;
      moment = openness.opensAt;
      continue;
    }
    if (pauseMs > 0) {
      moment += pauseMs;
      pauseMs = 0;
      continue;
    }
    const closesAt = openness.closesAt ?? Number.POSITIVE_INFINITY;
    const fitting = Math.floor(((closesAt - moment) / 1000) * ratePerSecond);
    const count = Math.min(remaining, day.left, Math.max(1, fitting));
    moment += (count / ratePerSecond) * 1000;
    remaining -= count;
    day = { ...day, left: day.left - count };
    if (remaining > 0) moment = Math.max(moment, day.left === 0 ? day.startAt + DAY_MS : closesAt);
  }
  return remaining > 0 ? null : Math.round(moment);
}
