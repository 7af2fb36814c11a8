import { describe, expect, it } from 'vitest';
import { AGAIN_AFTER_MS, LISTED_AFTER_MS, nextReadingAt, type ScanNews } from '../../src/core/scan-timing.js';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const news: ScanNews = {
  uncertain: 1,
  lastUncertainAt: NOW - 5 * MINUTE,
  lastSettledAt: null,
  nextSettledAt: NOW + 10 * MINUTE,
  lastReadAt: NOW - MINUTE,
  lastControlAt: null,
  withoutControl: 0,
  provenAbsent: 0,
};
const begins = { beginning: true, resting: false, mayResend: true };
const goesOn = { beginning: false, resting: false, mayResend: true };
const next = (over: Partial<ScanNews>, occasion = begins) =>
  nextReadingAt({ ...news, ...over }, null, NOW, occasion);

describe('the next reading of the list', () => {
  it('is at the end of the settle time when everybody was looked for since', () => {
    expect(next({})).toBe(NOW + 10 * MINUTE + 1);
    expect(next({ nextSettledAt: null })).toBeNull();
  });

  it('is now, when a process begins and nobody has looked yet', () => {
    expect(next({ lastReadAt: null })).toBe(NOW);
    expect(next({ lastUncertainAt: NOW - MINUTE })).toBe(NOW);
    expect(next({ lastReadAt: null }, goesOn)).toBe(NOW + 10 * MINUTE + 1);
  });

  it('is now, when a settle time ended since the last one began', () => {
    expect(next({ lastSettledAt: NOW - MINUTE }, goesOn)).toBe(NOW);
    expect(next({ lastSettledAt: NOW - MINUTE, lastReadAt: null }, goesOn)).toBe(NOW);
  });

  it('is some time after the last one for who is left although the settle time is over', () => {
    const left = { lastSettledAt: NOW - 2 * MINUTE, nextSettledAt: null };
    expect(next(left)).toBe(NOW - MINUTE + AGAIN_AFTER_MS);
    expect(next({ ...left, withoutControl: 1 })).toBe(NOW - MINUTE + AGAIN_AFTER_MS);
    expect(next({ ...left, withoutControl: 1, lastControlAt: NOW - 2 * MINUTE })).toBe(
      NOW - MINUTE + AGAIN_AFTER_MS,
    );
  });

  it('is shortly after a control was made that somebody wants', () => {
    const left = { lastSettledAt: NOW - 2 * MINUTE, nextSettledAt: null, lastControlAt: NOW - 1_000 };
    expect(next({ ...left, withoutControl: 1 })).toBe(NOW - 1_000 + LISTED_AFTER_MS);
    expect(next({ ...left, withoutControl: 0 })).toBe(NOW - MINUTE + AGAIN_AFTER_MS);
  });

  it('is now for those proven absent, when a process begins that may send to them', () => {
    const left = { lastSettledAt: NOW - 2 * MINUTE, nextSettledAt: null, provenAbsent: 1 };
    expect(next(left)).toBe(NOW);
    expect(next(left, { beginning: true, resting: false, mayResend: false })).toBe(
      NOW - MINUTE + AGAIN_AFTER_MS,
    );
    expect(next(left, goesOn)).toBe(NOW - MINUTE + AGAIN_AFTER_MS);
  });
});
