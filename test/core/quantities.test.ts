import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDays } from '../../src/campaign/calendar.js';
import { parseDuration, parseRate, shown, writtenDuration } from '../../src/core/quantities.js';
import { problemsOf, unwrapped } from '../support/results.js';

const ANY = { min: 0, max: Number.POSITIVE_INFINITY };

describe('a rate', () => {
  it.each([
    ['20/s', 20],
    ['1200/min', 20],
    ['1200 / m', 20],
    ['7200/h', 2],
    ['0.5/s', 0.5],
    ['1/h', 1 / 3600],
    ['100000/s', 100_000],
  ])('%s is %d per second', (text, perSecond) => {
    expect(unwrapped(parseRate(text))).toBe(perSecond);
  });

  it.each(['', '20', '/s', '20/d', '-1/s', '+1/s', '1e3/s', '20/s/s', 'fast', '0x10/s', '1,5/s'])(
    'is not %j',
    (text) => {
      expect(problemsOf(parseRate(text)).map(({ code }) => code)).toEqual(['campaign.rate']);
    },
  );
});

describe('a duration', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (tenths) => {
        expect(unwrapped(parseDuration(writtenDuration(tenths * 100), ANY))).toBe(tenths * 100);
      }),
    );
  });

  it.each([
    ['90s', 90_000],
    ['1.5h', 5_400_000],
    ['7d', 604_800_000],
  ])('%s is %d ms', (text, durationMs) => {
    expect(unwrapped(parseDuration(text, ANY))).toBe(durationMs);
  });
});

describe('days', () => {
  it.each([
    ['mon-sat', [1, 2, 3, 4, 5, 6]],
    ['sat-mon', [1, 6, 7]],
    ['Monday, wed – fri', [1, 3, 4, 5]],
    ['sun', [7]],
    ['mon,mon', [1]],
    ['tue-tue', [2]],
    ['wed-tue', [1, 2, 3, 4, 5, 6, 7]],
  ])('%s are %j', (text, days) => {
    expect(unwrapped(parseDays(text))).toEqual(days);
  });

  it.each(['', 'mo', 'monkey', 'mon-', 'mon--fri', '1-5', 'lun'])('are not %j', (text) => {
    expect(parseDays(text).ok).toBe(false);
  });
});

describe('a value in a message', () => {
  it('is short, on one line, and hidden when it looks like a credential', () => {
    expect(shown('a\n b')).toBe('a b');
    expect(shown('x'.repeat(100))).toHaveLength(60);
    expect(shown('Bearer abc')).toBe('…');
    expect(shown('eyJhbGciOiJIUzI1NiJ9.abc123')).toBe('…');
  });
});
