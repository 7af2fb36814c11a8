import { describe, expect, test } from 'vitest';
import { NO_ANSWER, type Outcome } from '../../src/core/outcome.js';
import { ThrottleBreaker } from '../../src/run/throttle-breaker.js';
import { virtualRun } from '../support/virtual-run.js';

const MINUTE = 60_000;
const ACCEPTED: Outcome = { kind: 'accepted', contactId: 'c', answer: NO_ANSWER };
const REFUSED: Outcome = { kind: 'refused', reason: 'not-on-whatsapp', answer: NO_ANSWER };
const UNCERTAIN: Outcome = { kind: 'uncertain', reason: 'unclear-answer', answer: NO_ANSWER };

function throttled(scope: 'everyone' | 'person', retryAfterMs: number | null): Outcome {
  const answer = { httpStatus: 429, errorCode: null, errorMessage: 'Slow down.' };
  return { kind: 'deferred', scope, throttled: true, retryAfterMs, answer };
}

const SLOWER = throttled('everyone', 0);

describe('throttle answers without an acceptance', () => {
  /** Which of these answers, one per minute, halt. */
  const halts = (outcomes: readonly Outcome[], everyMs = MINUTE): readonly number[] => {
    const watch = new ThrottleBreaker();
    return outcomes.flatMap((outcome, index) =>
      watch.record(outcome, index * everyMs) === null ? [] : [index],
    );
  };
  const many = (count: number): readonly Outcome[] => Array.from({ length: count }, () => SLOWER);

  test('halt the run after a quarter of an hour, and say what was answered', () => {
    expect(halts(many(16))).toEqual([15]);
    const watch = new ThrottleBreaker();
    for (let minute = 0; minute < 15; minute += 1) watch.record(SLOWER, minute * MINUTE);
    expect(watch.record(SLOWER, 15 * MINUTE + 59_000)).toEqual({
      code: 'halt.throttled',
      params: { minutes: 15, detail: 'Slow down.' },
    });
  });

  test('need five rounds: what left together is one', () => {
    expect(halts(many(5), 15 * MINUTE)).toEqual([4]);
    const watch = new ThrottleBreaker();
    for (let atMs = 0; atMs < 16; atMs += 1) watch.record(SLOWER, atMs);
    expect(watch.record(SLOWER, 20 * MINUTE)).toBeNull();
  });

  test.each([
    ['an acceptance', ACCEPTED, []],
    ['a refusal', REFUSED, []],
    ['an uncertain outcome', UNCERTAIN, [15, 16, 17, 18, 19, 20]],
  ])('%s in between', (_what, outcome, expected) => {
    expect(halts([...many(10), outcome, ...many(10)])).toEqual(expected);
  });

  test('of one person alone count, too', () => {
    expect(halts(Array.from({ length: 16 }, () => throttled('person', null)))).toEqual([15]);
  });

  test('from before another wait of the run are forgotten', () => {
    const watch = new ThrottleBreaker();
    for (let minute = 0; minute < 10; minute += 1) watch.record(SLOWER, minute * MINUTE);
    watch.forget();
    expect(watch.record(SLOWER, 600 * MINUTE)).toBeNull();
  });
});

describe('a run against a provider that throttles', () => {
  test.each([
    ['without Retry-After', null],
    ['with Retry-After: 0', 0],
    ['with Retry-After: 60', MINUTE],
    ['with Retry-After: 900', 15 * MINUTE],
  ])('for ever, %s, ends with everybody pending', async (_what, retryAfterMs) => {
    const { end, tookMs, counts } = await virtualRun({
      people: 20,
      ratePerSecond: 10,
      answer: () => throttled('everyone', retryAfterMs),
    });
    expect(end).toMatchObject({ accepted: 0, halt: { code: 'halt.throttled' } });
    expect(counts.pending).toBe(20);
    expect(tookMs).toBeGreaterThanOrEqual(15 * MINUTE);
    expect(tookMs).toBeLessThan(70 * MINUTE);
  });

  test('one person for ever ends, after everybody else was accepted', async () => {
    const { end, tookMs, counts } = await virtualRun({
      people: 20,
      ratePerSecond: 10,
      answer: ({ deliveryId }) => (deliveryId === 7 ? throttled('person', null) : ACCEPTED),
    });
    expect(end).toMatchObject({ accepted: 19, halt: { code: 'halt.throttled' } });
    expect(counts.pending).toBe(1);
    expect(tookMs).toBeLessThan(30 * MINUTE);
  });

  test('again and again, but takes one now and then, is sent to until the end', async () => {
    let asked = 0;
    const { end, tookMs } = await virtualRun({
      people: 8,
      ratePerSecond: 1,
      answer: () => {
        asked += 1;
        return asked % 2 === 0 ? ACCEPTED : throttled('everyone', MINUTE);
      },
    });
    expect(end).toMatchObject({ accepted: 8, halt: null });
    expect(tookMs).toBeGreaterThan(15 * MINUTE);
  });
});
