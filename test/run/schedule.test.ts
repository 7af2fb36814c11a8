import { describe, expect, test } from 'vitest';
import { ianaZones } from '../../src/campaign/zones.js';
import type { Schedule } from '../../src/core/campaign.js';
import { ScheduleGate } from '../../src/run/schedule-gate.js';

const HOUR = 60 * 60_000;
/** A Saturday, 12:00 UTC: 07:00 in Lima, 13:00 in Madrid. */
const NOON = Date.UTC(2026, 2, 21, 12);
const NINE_TO_EIGHT: Schedule = {
  notBefore: null,
  window: { fromMinute: 9 * 60, toMinute: 20 * 60 },
  days: [1, 2, 3, 4, 5, 6, 7],
  timezone: 'America/Lima',
};

/** A gate over a campaign whose pending people are in these countries. */
function gateFor(schedule: Schedule, countries: readonly string[], noWait = false, campaignCountry = 'PE') {
  const postponed = new Map<string, number>();
  let looks = 0;
  const ledger = {
    pendingCountries: () => {
      looks += 1;
      return Promise.resolve(countries);
    },
    postpone: (country: string, until: number) => {
      postponed.set(country, until);
      return Promise.resolve({ kind: 'written' } as const);
    },
  };
  const gate = new ScheduleGate({ schedule, campaignCountry, zones: ianaZones(), ledger, noWait });
  return { gate, postponed, looks: () => looks };
}

describe('a schedule in one zone', () => {
  test('waits until its window opens', async () => {
    const { gate } = gateFor(NINE_TO_EIGHT, ['PE']);
    const untilAt = NOON + 2 * HOUR;
    expect(await gate.check(NOON)).toEqual({
      kind: 'wait',
      wait: { code: 'wait.window', params: { until: untilAt }, untilAt },
    });
    expect(await gate.check(untilAt)).toEqual({ kind: 'open', atMost: null });
  });

  test('closes again on time', async () => {
    const { gate } = gateFor(NINE_TO_EIGHT, ['PE']);
    expect(await gate.check(NOON + 13 * HOUR - 1)).toMatchObject({ kind: 'open' });
    expect(await gate.check(NOON + 13 * HOUR)).toMatchObject({
      kind: 'wait',
      wait: { untilAt: NOON + 26 * HOUR },
    });
  });

  test('is asked anew when the clock is set back', async () => {
    const { gate } = gateFor(NINE_TO_EIGHT, ['PE']);
    expect(await gate.check(NOON + 3 * HOUR)).toMatchObject({ kind: 'open' });
    expect(await gate.check(NOON)).toMatchObject({ kind: 'wait', wait: { untilAt: NOON + 2 * HOUR } });
  });

  test('halts instead of waiting when asked to', async () => {
    const { gate } = gateFor(NINE_TO_EIGHT, ['PE'], true);
    expect(await gate.check(NOON)).toEqual({
      kind: 'halt',
      halt: { code: 'halt.window', params: { until: NOON + 2 * HOUR } },
    });
  });

  test('that never opens halts: there is no moment to wait for', async () => {
    const { gate } = gateFor({ ...NINE_TO_EIGHT, days: [] }, ['PE']);
    expect(await gate.check(NOON)).toEqual({ kind: 'halt', halt: { code: 'halt.window-never', params: {} } });
  });
});

describe('a schedule in the zone of each recipient', () => {
  const schedule: Schedule = { ...NINE_TO_EIGHT, timezone: 'recipient' };

  test('puts off the countries that are closed and lets the others out', async () => {
    const { gate, postponed } = gateFor(schedule, ['PE', 'ES']);
    expect(await gate.check(NOON)).toEqual({ kind: 'open', atMost: null });
    expect([...postponed]).toEqual([['PE', NOON + 2 * HOUR]]);
  });

  test('waits for the first that opens when all are closed', async () => {
    const { gate } = gateFor(schedule, ['PE', 'BO']);
    expect(await gate.check(NOON - 2 * HOUR)).toMatchObject({
      kind: 'wait',
      wait: { code: 'wait.all-zones', untilAt: NOON + HOUR },
    });
  });

  test('looks at the ledger once while what it found holds', async () => {
    const { gate, looks } = gateFor(schedule, ['PE', 'ES']);
    await gate.check(NOON);
    await gate.check(NOON + HOUR);
    expect(looks()).toBe(1);
    await gate.check(NOON + 2 * HOUR);
    expect(looks()).toBe(2);
  });

  test('looks again when nothing is due: what is left may be what was put off', async () => {
    const countries = ['PE', 'ES'];
    const { gate } = gateFor(schedule, countries, true);
    await gate.check(NOON);
    countries.pop();
    gate.nothingDue();
    expect(await gate.check(NOON + 1)).toEqual({
      kind: 'halt',
      halt: { code: 'halt.window', params: { until: NOON + 2 * HOUR } },
    });
  });

  test('is open when nobody is pending', async () => {
    expect(await gateFor(schedule, []).gate.check(NOON)).toEqual({ kind: 'open', atMost: null });
  });

  test('takes the campaign’s country where the phone tells none', async () => {
    const { gate, postponed } = gateFor(schedule, ['', 'ES'], false, 'PE');
    await gate.check(NOON);
    expect(postponed.get('')).toBe(NOON + 2 * HOUR);
  });

  test('lets the others out before it halts for a country whose window never opens', async () => {
    const narrow: Schedule = { ...schedule, window: { fromMinute: 12 * 60, toMinute: 14 * 60 } };
    const countries = ['RU', 'ES'];
    const { gate, postponed } = gateFor(narrow, countries);
    expect(await gate.check(NOON)).toEqual({ kind: 'open', atMost: null });
    expect(Number.isNaN(new Date(postponed.get('RU') ?? Number.NaN).getTime())).toBe(false);
    countries.pop();
    gate.nothingDue();
    expect(await gate.check(NOON + 1)).toEqual({
      kind: 'halt',
      halt: { code: 'halt.window-never', params: {} },
    });
  });
});
