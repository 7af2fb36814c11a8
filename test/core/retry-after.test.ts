import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { retryAfterMs } from '../../src/core/backoff.js';

const NOW = Date.UTC(2026, 10, 21, 12);
const http = (at: number): string => new Date(at).toUTCString();

afterEach(() => void vi.unstubAllEnvs());

describe('Retry-After', () => {
  test.each<[string, string | null, string | null, number | null]>([
    ['is nothing where it is missing', null, null, null],
    ['counts seconds', '120', null, 120_000],
    ['counts seconds with space around', ' 2 ', null, 2_000],
    ['counts parts of seconds', '0.5', null, 500],
    ['may be none', '0', null, 0],
    ['is a date', http(NOW + 30_000), null, 30_000],
    ['is a date by the clock of the answer', http(NOW + 90_000), http(NOW + 60_000), 30_000],
    ['is a date by this clock where the answer’s cannot be read', http(NOW + 30_000), 'today', 30_000],
    [
      'is a date of the oldest form, in GMT wherever this machine is',
      'Sat Nov 21 12:00:30 2026',
      null,
      30_000,
    ],
    [
      'is a date in GMT, too, where it does not say so, as every HTTP date',
      'Sat, 21 Nov 2026 12:01:30',
      'Sat, 21 Nov 2026 12:01:00',
      30_000,
    ],
    ['is a date on another clock where it says so', 'Sat, 21 Nov 2026 07:00:30 -0500', null, 30_000],
    ['is a date as ISO 8601 writes it', '2026-11-21T12:00:30Z', null, 30_000],
    ['is a date as ISO 8601 writes it, in GMT where it has no zone', '2026-11-21T12:00:30', null, 30_000],
    ['is no wait when its date has passed', http(NOW - 30_000), null, 0],
    ['is nothing when it is neither', 'soon', null, null],
    ['is nothing when it is empty', '', null, null],
    ['is nothing when it is negative', '-5', null, null],
    ['is nothing when it has a unit', '5s', null, null],
    ['is at most a year', '9'.repeat(40), null, 366 * 86_400_000],
    ['is at most a year as a date, too', 'Sat, 01 Jan 2222 00:00:00 GMT', null, 366 * 86_400_000],
  ])('%s', (_what, header, date, expected) => {
    for (const zone of ['UTC', 'America/Santiago', 'Pacific/Apia']) {
      vi.stubEnv('TZ', zone);
      expect(retryAfterMs(header, date, NOW)).toBe(expected);
    }
  });

  test('never asks for a wait that no date can show, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string()), (header, date) => {
        const waitMs = retryAfterMs(header, date, NOW) ?? 0;
        expect(waitMs).toBeGreaterThanOrEqual(0);
        expect(Number.isNaN(new Date(NOW + waitMs).getTime())).toBe(false);
      }),
    );
  });
});
