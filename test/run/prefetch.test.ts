import { describe, expect, test } from 'vitest';
import type { ClaimedDelivery } from '../../src/core/delivery.js';
import { LEAVES_WITHIN_MS, Prefetch } from '../../src/run/prefetch.js';

const delivery = (attemptId: number): ClaimedDelivery => ({ attemptId }) as ClaimedDelivery;
const ids = (deliveries: readonly ClaimedDelivery[]): readonly number[] =>
  deliveries.map(({ attemptId }) => attemptId);

/** A prefetch into which these attempts came, each claim at its moment. */
function filled(...claims: readonly (readonly [nowMs: number, ...attempts: number[]])[]): Prefetch {
  const prefetch = new Prefetch();
  for (const [nowMs, ...attempts] of claims) prefetch.came(attempts.map(delivery), prefetch.asked(), nowMs);
  return prefetch;
}

describe('the prefetch', () => {
  test('lets leave in the order of the claims', () => {
    const prefetch = filled([0, 1, 2, 3]);
    expect([ids(prefetch.take(2)), prefetch.size]).toEqual([[1, 2], 1]);
    prefetch.came([delivery(4)], prefetch.asked(), 1);
    expect([ids(prefetch.take(9)), prefetch.size]).toEqual([[3, 4], 0]);
  });

  test('expires half a second after the oldest claim of those who wait', () => {
    const prefetch = filled([0, 1], [100, 2]);
    expect(prefetch.expiresInMs(120)).toBe(LEAVES_WITHIN_MS - 120);
    expect(filled([0, 1]).expiresInMs(LEAVES_WITHIN_MS + 1)).toBeLessThan(0);
    prefetch.take(1);
    expect(prefetch.expiresInMs(120)).toBe(LEAVES_WITHIN_MS - 20);
    prefetch.take(1);
    prefetch.came([delivery(3)], prefetch.asked(), 1_000);
    expect(prefetch.expiresInMs(1_000)).toBe(LEAVES_WITHIN_MS);
  });

  test('an empty claim makes nobody younger', () => {
    const prefetch = filled([0, 1]);
    prefetch.came([], prefetch.asked(), 400);
    expect(prefetch.expiresInMs(400)).toBe(LEAVES_WITHIN_MS - 400);
  });

  test('lets go of everybody who was claimed before somebody was taken out', () => {
    const prefetch = filled([0, 1, 2]);
    prefetch.letGo();
    expect([1, 2, 3].map((id) => prefetch.holds(delivery(id)))).toEqual([false, false, true]);
  });

  test('lets go of a claim that was under way when somebody was taken out', () => {
    const prefetch = filled([0, 1]);
    const asked = prefetch.asked();
    prefetch.letGo();
    prefetch.came([delivery(2)], asked, 1);
    prefetch.came([delivery(3)], prefetch.asked(), 2);
    expect([2, 3].map((id) => prefetch.holds(delivery(id)))).toEqual([false, true]);
  });

  test('lets go of everybody who was claimed before the machine slept, also of a claim that was under way', () => {
    const prefetch = new Prefetch();
    prefetch.noteClocks(10_000, 0);
    prefetch.came([delivery(1)], prefetch.asked(), 0);
    prefetch.noteClocks(10_499, 0);
    expect(prefetch.holds(delivery(1))).toBe(true);
    const asked = prefetch.asked();
    prefetch.noteClocks(23_000, 100);
    prefetch.came([delivery(2)], asked, 100);
    prefetch.came([delivery(3)], prefetch.asked(), 101);
    expect([1, 2, 3].map((id) => prefetch.holds(delivery(id)))).toEqual([false, false, true]);
  });

  test('lets go of everybody who was claimed before the process stood still, also of a claim that was under way', () => {
    const prefetch = new Prefetch();
    const read = (ms: number): void => prefetch.noteClocks(10_000 + ms, ms);
    read(0);
    prefetch.came([delivery(1)], prefetch.asked(), 0);
    read(900);
    expect(prefetch.holds(delivery(1))).toBe(true);
    const asked = prefetch.asked();
    read(3_784);
    prefetch.came([delivery(2)], asked, 3_784);
    prefetch.came([delivery(3)], prefetch.asked(), 3_785);
    expect([1, 2, 3].map((id) => prefetch.holds(delivery(id)))).toEqual([false, false, true]);
  });

  test('holds who was claimed when the wall clock is set back', () => {
    const prefetch = new Prefetch();
    prefetch.noteClocks(10_000, 0);
    prefetch.came([delivery(1)], prefetch.asked(), 0);
    prefetch.noteClocks(2_000, 10);
    expect(prefetch.holds(delivery(1))).toBe(true);
  });
});

describe('the prefetch has room', () => {
  test.each([
    ['for one at an hourly rate', 1 / 3_600, 64, 1],
    ['for what leaves within 36 ms at a usual rate', 80, 64, 3],
    ['for what leaves within 36 ms at a high rate', 1_000, 64, 36],
    ['for no more than there are free slots while no answer came', 1_000, 5, 5],
    ['for nobody while a provider hangs', 1_000, 0, 0],
  ])('%s', (_, perSecond, freeSlots, room) => {
    expect(new Prefetch().room(0, perSecond, freeSlots)).toBe(room);
  });

  test('for as many as had their answer lately, where slots become free as fast', () => {
    const prefetch = new Prefetch();
    for (let answer = 0; answer < 10; answer += 1) prefetch.answered(1_000);
    expect(prefetch.room(1_010, 1_000, 0)).toBe(10);
    expect(prefetch.room(1_040, 1_000, 0)).toBe(10);
    expect(prefetch.room(1_200, 1_000, 0)).toBe(0);
  });
});
