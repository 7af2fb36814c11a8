import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { ianaZones } from '../../src/campaign/zones.js';
import type { Schedule } from '../../src/core/campaign.js';
import { finishAt, opennessAt, scheduleZones, ZONES_OF_NOWHERE } from '../../src/core/schedule.js';

const zones = ianaZones();
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const OFFICE_HOURS: Schedule = {
  notBefore: null,
  window: { fromMinute: 9 * 60, toMinute: 20 * 60 },
  days: [1, 2, 3, 4, 5, 6],
  timezone: 'America/Lima',
};

function moment(local: string, zone: string): number {
  return DateTime.fromISO(local, { zone }).toMillis();
}

function opening(schedule: Schedule, at: number, names: readonly string[]): string | null {
  const openness = opennessAt(schedule, at, names, zones);
  if (openness.open || openness.opensAt === null) return null;
  return DateTime.fromMillis(openness.opensAt, { zone: names[0] ?? 'UTC' }).toFormat(
    "ccc yyyy-MM-dd'T'HH:mm",
  );
}

describe('a window', () => {
  const lima = ['America/Lima'];

  it('is open between its hours and tells when it closes', () => {
    const at = moment('2026-03-20T10:00', 'America/Lima');
    expect(opennessAt(OFFICE_HOURS, at, lima, zones)).toEqual({ open: true, closesAt: at + 10 * HOUR_MS });
  });

  it('is closed at its end to the millisecond, and open the one before', () => {
    const end = moment('2026-03-20T20:00', 'America/Lima');
    expect(opennessAt(OFFICE_HOURS, end, lima, zones).open).toBe(false);
    expect(opennessAt(OFFICE_HOURS, end - 1, lima, zones)).toEqual({ open: true, closesAt: end });
  });

  it('opens the next day that is allowed', () => {
    expect(opening(OFFICE_HOURS, moment('2026-03-21T21:00', 'America/Lima'), lima)).toBe(
      'Mon 2026-03-23T09:00',
    );
  });

  it('may run over midnight; its late hours belong to the day on which it opened', () => {
    const nights: Schedule = { ...OFFICE_HOURS, window: { fromMinute: 22 * 60, toMinute: 60 }, days: [5] };
    const saturday = moment('2026-03-21T00:30', 'America/Lima');
    expect(opennessAt(nights, saturday, lima, zones)).toEqual({
      open: true,
      closesAt: saturday + 30 * MINUTE_MS,
    });
    expect(opening(nights, moment('2026-03-20T00:30', 'America/Lima'), lima)).toBe('Fri 2026-03-20T22:00');
  });

  it('of the whole week never closes', () => {
    const always: Schedule = { ...OFFICE_HOURS, window: null, days: [1, 2, 3, 4, 5, 6, 7] };
    expect(opennessAt(always, 0, lima, zones)).toEqual({ open: true, closesAt: null });
    const midnights = { ...always, window: { fromMinute: 0, toMinute: 1440 } };
    expect(opennessAt(midnights, 0, lima, zones)).toEqual({ open: true, closesAt: null });
  });

  it('of all hours on some days closes at midnight', () => {
    const days: Schedule = { ...OFFICE_HOURS, window: null, days: [1] };
    const monday = moment('2026-03-23T12:00', 'America/Lima');
    expect(opennessAt(days, monday, lima, zones)).toEqual({ open: true, closesAt: monday + 12 * HOUR_MS });
  });
});

describe('notBefore', () => {
  const notBefore: Schedule = { ...OFFICE_HOURS, notBefore: '2026-03-24T10:30' };

  it('keeps a window closed until then', () => {
    expect(opening(notBefore, moment('2026-03-20T10:00', 'America/Lima'), ['America/Lima'])).toBe(
      'Tue 2026-03-24T10:30',
    );
  });

  it('holds in all zones of a country', () => {
    const names = ['America/Santiago', 'Pacific/Easter'];
    expect(opening({ ...notBefore, timezone: 'recipient' }, 0, names)).toBe('Tue 2026-03-24T12:30');
  });

  it('is the moment of the skip where daylight saving skips it', () => {
    const skipped: Schedule = {
      ...OFFICE_HOURS,
      window: null,
      days: [1, 2, 3, 4, 5, 6, 7],
      notBefore: '2026-03-29T02:30',
    };
    expect(opening(skipped, 0, ['Europe/Madrid'])).toBe('Sun 2026-03-29T03:00');
  });
});

describe('several zones', () => {
  it('are open together only: Chile opens when Easter Island does and closes when Punta Arenas does', () => {
    const names = scheduleZones({ ...OFFICE_HOURS, timezone: 'recipient' }, 'CL', 'PE', zones);
    const night = moment('2026-06-10T03:00', 'America/Santiago');
    expect(
      DateTime.fromMillis(firstOpening(night, names), { zone: 'America/Santiago' }).toFormat('HH:mm'),
    ).toBe('11:00');
    const noon = moment('2026-06-10T12:00', 'America/Santiago');
    const openness = opennessAt(OFFICE_HOURS, noon, names, zones);
    expect(openness).toEqual({ open: true, closesAt: moment('2026-06-10T20:00', 'America/Punta_Arenas') });
  });

  it('that have no hour in common never open', () => {
    const morning: Schedule = { ...OFFICE_HOURS, window: { fromMinute: 540, toMinute: 600 } };
    const openness = opennessAt(morning, 0, ['America/New_York', 'Pacific/Honolulu'], zones);
    expect(openness).toEqual({ open: false, opensAt: null });
  });

  function firstOpening(at: number, names: readonly string[]): number {
    const openness = opennessAt(OFFICE_HOURS, at, names, zones);
    return openness.open ? at : (openness.opensAt ?? Number.NaN);
  }
});

describe('the zones of a recipient', () => {
  const byPhone: Schedule = { ...OFFICE_HOURS, timezone: 'recipient' };

  it('are all those of the country of the phone', () => {
    expect(scheduleZones(byPhone, 'PE', 'MX', zones)).toEqual(['America/Lima']);
    expect(scheduleZones(byPhone, 'MX', 'PE', zones)).toContain('America/Tijuana');
    expect(scheduleZones(byPhone, 'ES', null, zones)).toContain('Atlantic/Canary');
  });

  it('are those of the campaign where the phone does not tell', () => {
    expect(scheduleZones(byPhone, '', 'PE', zones)).toEqual(['America/Lima']);
  });

  it('reach from Mexico to Spain where nothing tells', () => {
    expect(scheduleZones(byPhone, '', null, zones)).toEqual(ZONES_OF_NOWHERE);
    expect(scheduleZones(byPhone, 'ZZ', 'ZZ', zones)).toEqual(ZONES_OF_NOWHERE);
  });

  it('are the one zone that the schedule names', () => {
    expect(scheduleZones(OFFICE_HOURS, 'MX', 'MX', zones)).toEqual(['America/Lima']);
  });
});

/** Zones with changes of the clock at midnight, at two, by half an hour, and in the middle of the night backwards. */
const ZONE_NAMES = [
  'America/Santiago',
  'America/Mexico_City',
  'Europe/Madrid',
  'America/Asuncion',
  'America/Havana',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/Lima',
] as const;

const schedules = fc.record({
  notBefore: fc.constant(null),
  window: fc.option(
    fc
      .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1440 }))
      .filter(([from, to]) => from !== to)
      .map(([fromMinute, toMinute]) => ({ fromMinute, toMinute })),
  ),
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  timezone: fc.constant('recipient'),
});

/** Days on which a clock is changed, with its zone: there the mistakes are. */
const CHANGES = ZONE_NAMES.flatMap((zone) =>
  Array.from({ length: 365 * 12 }, (_, day) => Date.UTC(2018, 0, 1 + day))
    .filter((at) => zones.offsetMsAt(zone, at) !== zones.offsetMsAt(zone, at + 24 * HOUR_MS))
    .map((at) => ({ zone, at })),
);
const moments = fc.integer({ min: Date.UTC(2018, 0), max: Date.UTC(2030, 0) });
const zoneSets = fc.uniqueArray(fc.constantFrom(...ZONE_NAMES), { minLength: 1, maxLength: 3 });
const places = fc.oneof(
  fc.record({ at: moments, names: zoneSets }),
  fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -24 * HOUR_MS, max: 30 * HOUR_MS }))
    .map(([{ zone, at }, later]) => ({ at: at + later, names: [zone] })),
);

/** The definition, told by another library: the local clock shows an allowed time of an allowed day. */
function clockAllows(schedule: Schedule, at: number, zone: string): boolean {
  const local = DateTime.fromMillis(at, { zone });
  const minute = local.hour * 60 + local.minute;
  const { fromMinute, toMinute } = schedule.window ?? { fromMinute: 0, toMinute: 1440 };
  const yesterday = local.weekday === 1 ? 7 : local.weekday - 1;
  if (fromMinute < toMinute) {
    return schedule.days.includes(local.weekday) && minute >= fromMinute && minute < toMinute;
  }
  return minute >= fromMinute
    ? schedule.days.includes(local.weekday)
    : minute < toMinute && schedule.days.includes(yesterday);
}

describe('across every change of the clock', () => {
  it('a window opens by the new time on the morning after', () => {
    const night = Date.UTC(2026, 2, 28, 22);
    const daily: Schedule = { ...OFFICE_HOURS, days: [1, 2, 3, 4, 5, 6, 7] };
    expect(opening(daily, night, ['Europe/Madrid'])).toBe('Sun 2026-03-29T09:00');
    expect(opening(daily, Date.UTC(2026, 8, 6, 2), ['America/Santiago'])).toBe('Sun 2026-09-06T09:00');
  });

  it('is open exactly when the local clock of every zone allows it', () => {
    fc.assert(
      fc.property(schedules, places, (schedule, { at, names }) => {
        const allowed = names.every((zone) => clockAllows(schedule, at, zone));
        expect(opennessAt(schedule, at, names, zones).open).toBe(allowed);
      }),
      { numRuns: 500 },
    );
  });

  it('nothing changes before the moment it names, and everything at it', () => {
    const shares = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(schedules, places, shares, (schedule, { at, names }, share) => {
        const openness = opennessAt(schedule, at, names, zones);
        const changesAt = openness.open ? openness.closesAt : openness.opensAt;
        if (changesAt === null) return;
        const between = at + Math.floor((changesAt - at - 1) * share);
        const allows = (moment: number) => names.every((zone) => clockAllows(schedule, moment, zone));
        expect(allows(between)).toBe(openness.open);
        expect(allows(changesAt - 1)).toBe(openness.open);
        if (!openness.open) expect(allows(changesAt)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the forecast', () => {
  const startAt = moment('2026-03-20T19:00', 'America/Lima');
  const base = {
    schedule: OFFICE_HOURS,
    startAt,
    ratePerSecond: 1,
    perDay: null,
    usedToday: 0,
    pauseMs: 0,
    zoneNames: ['America/Lima'],
  };
  const local = (at: number | null) =>
    at && DateTime.fromMillis(at, { zone: 'America/Lima' }).toFormat('ccc HH:mm');

  it('is the rate alone without a schedule', () => {
    expect(finishAt({ ...base, schedule: null, remaining: 600 }, zones)).toBe(startAt + 600_000);
  });

  it('goes on when the window opens again', () => {
    expect(local(finishAt({ ...base, remaining: 3600 + 1800 }, zones))).toBe('Sat 09:30');
  });

  it('jumps the days that are not allowed', () => {
    expect(local(finishAt({ ...base, remaining: 3600 * 12 + 60 }, zones))).toBe('Mon 09:01');
  });

  it('has the wait after the first people within the window, and none of it while it is closed', () => {
    const paused = { ...base, remaining: 60, pauseMs: 30 * 60_000 };
    expect(local(finishAt(paused, zones))).toBe('Fri 19:31');
    const evening = moment('2026-03-20T21:00', 'America/Lima');
    expect(local(finishAt({ ...paused, startAt: evening }, zones))).toBe('Sat 09:31');
  });

  it('waits for the daily cap', () => {
    const cap = { ...base, schedule: null, remaining: 250, perDay: 100 };
    expect(finishAt(cap, zones)).toBe(startAt + 2 * 24 * HOUR_MS + 50_000);
  });

  it('counts what is used of the cap already', () => {
    const cap = { ...base, schedule: null, remaining: 50, perDay: 100, usedToday: 60 };
    expect(finishAt(cap, zones)).toBe(startAt + 24 * HOUR_MS + 10_000);
  });

  it('is nothing when nobody is left, and never when the window never opens', () => {
    expect(finishAt({ ...base, remaining: 0 }, zones)).toBe(startAt);
    const never: Schedule = { ...OFFICE_HOURS, window: { fromMinute: 540, toMinute: 600 } };
    const zoneNames = ['America/New_York', 'Pacific/Honolulu'];
    expect(finishAt({ ...base, schedule: never, zoneNames, remaining: 1 }, zones)).toBeNull();
    expect(finishAt({ ...base, schedule: { ...OFFICE_HOURS, days: [] }, remaining: 1 }, zones)).toBeNull();
  });

  it('ends somewhere: ten thousand days are never', () => {
    expect(finishAt({ ...base, schedule: null, remaining: 10_001, perDay: 1 }, zones)).toBeNull();
  });
});
