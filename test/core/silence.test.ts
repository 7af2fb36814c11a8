import { describe, expect, it } from 'vitest';
import { type SilenceFacts, silentSince } from '../../src/core/silence.js';

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;

/** A run that began an hour ago, with messages that are due, of which the last left ten minutes ago. */
function facts(given: Partial<SilenceFacts> = {}): SilenceFacts {
  const lastAt = NOW - 10 * MINUTE;
  return { lastAt, nextDueAt: 0, waiting: null, ratePerSecond: 10, ...given };
}

describe('a run is silent', () => {
  it('since the last message left, once that is five minutes ago', () => {
    expect(silentSince(facts(), NOW)).toBe(NOW - 10 * MINUTE);
    expect(silentSince(facts({ lastAt: NOW - 5 * MINUTE + 1 }), NOW)).toBeNull();
  });

  it('since messages are due', () => {
    expect(silentSince(facts({ nextDueAt: NOW - 6 * MINUTE }), NOW)).toBe(NOW - 6 * MINUTE);
    expect(silentSince(facts({ nextDueAt: NOW - MINUTE }), NOW)).toBeNull();
    expect(silentSince(facts({ nextDueAt: NOW + MINUTE }), NOW)).toBeNull();
    expect(silentSince(facts({ nextDueAt: null }), NOW)).toBeNull();
  });

  it('since a wait was over, and not while it waits', () => {
    const until = (untilAt: number | null) => facts({ waiting: { untilAt } });
    expect(silentSince(until(NOW - 6 * MINUTE), NOW)).toBe(NOW - 6 * MINUTE);
    expect(silentSince(until(NOW - MINUTE), NOW)).toBeNull();
    expect(silentSince(until(null), NOW)).toBeNull();
  });

  it('where several messages might have left at its pace', () => {
    expect(silentSince(facts({ ratePerSecond: 1 / 180 }), NOW)).toBeNull();
    expect(silentSince(facts({ ratePerSecond: 1 / 180, lastAt: NOW - 30 * MINUTE }), NOW)).toBe(
      NOW - 30 * MINUTE,
    );
  });
});
