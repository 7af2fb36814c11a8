import { afterEach, describe, expect, test, vi } from 'vitest';
import { localDay, momentOf, monthsBefore, startOfLocalDay, writtenMoment } from '../../src/core/moments.js';

const HOUR = 3_600_000;

afterEach(() => void vi.unstubAllEnvs());

describe('a time stamp', () => {
  test.each([
    ['2025-04-07T22:24:30.9310377Z', Date.UTC(2025, 3, 7, 22, 24, 30, 931)],
    ['2025-04-07T22:24:30', Date.UTC(2025, 3, 7, 22, 24, 30)],
    ['2025-04-07T22:24:30-05:00', Date.UTC(2025, 3, 8, 3, 24, 30)],
    ['2025-04-07', Date.UTC(2025, 3, 7)],
    ['2025-04-07 22:24:30', Date.UTC(2025, 3, 7, 22, 24, 30)],
    ['2025-04-07 22:24', Date.UTC(2025, 3, 7, 22, 24)],
    ['2025-04-07 22:24:30.9310377 -0500', Date.UTC(2025, 3, 8, 3, 24, 30, 931)],
    ['2025-04-07T22:24:30-05', Date.UTC(2025, 3, 8, 3, 24, 30)],
    ['2025-04-07 22:24:30 UTC', Date.UTC(2025, 3, 7, 22, 24, 30)],
    ['2025-04-07 mañana', null],
    ['2025-02-30T10:00:00Z', null],
    ['2025-99-99T00:00:00Z', null],
    ['<string>', null],
    [null, null],
    [undefined, null],
  ])('%s is read in UTC unless it says otherwise, wherever this machine is', (text, at) => {
    for (const zone of ['UTC', 'America/Santiago', 'Pacific/Apia']) {
      vi.stubEnv('TZ', zone);
      expect(momentOf(text)).toBe(at);
    }
  });
});

describe('a moment that a person types', () => {
  test.each([
    ['2026-03-20', Date.UTC(2026, 2, 20, 5)],
    ['2026-03-20T09:00', Date.UTC(2026, 2, 20, 14)],
    ['2026-03-20 09:00:30', Date.UTC(2026, 2, 20, 14, 0, 30)],
    ['2026-03-20T09:00Z', Date.UTC(2026, 2, 20, 9)],
    ['2026-03-20T09:00+01:00', Date.UTC(2026, 2, 20, 8)],
    ['05/06/2026', null],
    ['10 marzo 2026', null],
    ['20', null],
    ['2026-02-30', null],
  ])('%s is read on the clock of this machine, or as it says', (text, at) => {
    vi.stubEnv('TZ', 'America/Lima');
    expect(writtenMoment(text, 'this-machine')).toBe(at);
  });
});

describe('a day by the calendar of this machine', () => {
  test('ends where the next one begins, which may be at one o’clock', () => {
    vi.stubEnv('TZ', 'America/Santiago');
    const sunday = startOfLocalDay('2026-09-06');
    expect(sunday).toBe(Date.UTC(2026, 8, 6, 4));
    expect(new Date(sunday).getHours()).toBe(1);
    expect(startOfLocalDay('2026-09-05', 1)).toBe(sunday);
    expect([sunday - 1, sunday].map(localDay)).toEqual(['2026-09-05', '2026-09-06']);
  });

  test('has 25 hours where the clock goes back, and is no other than this machine’s', () => {
    vi.stubEnv('TZ', 'America/Santiago');
    expect(startOfLocalDay('2026-04-04', 1) - startOfLocalDay('2026-04-04')).toBe(25 * HOUR);
    vi.stubEnv('TZ', 'Pacific/Apia');
    expect(localDay(Date.UTC(2026, 11, 31, 11))).toBe('2027-01-01');
    expect(startOfLocalDay('2026-12-31', 1)).toBe(Date.UTC(2026, 11, 31, 11));
  });
});

describe('months before a moment', () => {
  test.each([
    ['2026-08-31T10:00', 6, '2026-02-28T10:00'],
    ['2026-03-31T10:00', 1, '2026-02-28T10:00'],
    ['2028-02-29T10:00', 12, '2027-02-28T10:00'],
    ['2026-10-31T10:00', 24, '2024-10-31T10:00'],
    ['2026-12-15T10:00', 13, '2025-11-15T10:00'],
  ])('%s and %i months make %s, never a day of the month behind it', (at, months, before) => {
    for (const zone of ['UTC', 'America/Santiago', 'Pacific/Apia']) {
      vi.stubEnv('TZ', zone);
      expect(monthsBefore(Date.parse(at), months)).toBe(Date.parse(before));
    }
  });
});
