import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Breaker } from '../../src/core/breaker.js';
import type { DeliveryStatus } from '../../src/core/counts.js';

const LIMITS = { failures: 0.5, over: 4, uncertain: 2 };

function verdictAfter(...statuses: readonly DeliveryStatus[]) {
  const breaker = new Breaker(LIMITS);
  for (const status of statuses) breaker.record(status);
  return breaker.verdict();
}

describe('the breaker', () => {
  test('goes on while there is too little to judge', () => {
    expect(verdictAfter('refused', 'refused', 'refused')).toBeNull();
  });

  test('stops at the share of failures, refused and exhausted alike', () => {
    expect(verdictAfter('accepted', 'accepted', 'refused', 'exhausted')).toEqual({
      code: 'halt.failures',
      params: { failures: 2, over: 4 },
    });
  });

  test('looks at the last ones only', () => {
    expect(verdictAfter('refused', 'refused', 'accepted', 'accepted', 'accepted', 'accepted')).toBeNull();
    expect(verdictAfter('accepted', 'accepted', 'accepted', 'accepted', 'refused', 'refused')).not.toBeNull();
  });

  test('stops at the number of uncertain ones, which count as no failure', () => {
    expect(verdictAfter('uncertain')).toBeNull();
    expect(verdictAfter('uncertain', 'accepted', 'uncertain')).toEqual({
      code: 'halt.uncertain',
      params: { count: 2 },
    });
  });

  test('takes no notice of what is pending or skipped', () => {
    expect(verdictAfter('pending', 'skipped', 'sending', 'pending', 'pending')).toBeNull();
  });

  test('agrees with a count over the whole history', () => {
    const statuses = fc.array(
      fc.constantFrom<DeliveryStatus>('accepted', 'refused', 'exhausted', 'pending'),
      { maxLength: 60 },
    );
    const limits = fc.record({
      failures: fc.double({ min: 0.01, max: 1, noNaN: true }),
      over: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(statuses, limits, (history, { failures, over }) => {
        const breaker = new Breaker({ failures, over, uncertain: 1 });
        for (const status of history) breaker.record(status);
        const recent = history.filter((status) => status !== 'pending').slice(-over);
        const failed = recent.filter((status) => status !== 'accepted').length;
        expect(breaker.verdict() !== null).toBe(recent.length === over && failed / over >= failures);
      }),
    );
  });
});
