import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginningOf,
  isSameSetting,
  lastedMs,
  momentOf,
  passedMs,
  type RunReading,
  type SteadyMoment,
  toldBy,
} from '../../src/core/steady-time.js';

const NOON = 1_800_000_000_000;
const HOUR = 3_600_000;
const moment = (over: Partial<SteadyMoment> = {}): SteadyMoment => ({
  bootId: 'a',
  monotonicMs: 1_000,
  providerAt: null,
  ...over,
});
const reading = (over: Partial<RunReading> = {}): RunReading => ({
  at: NOON,
  bootId: 'a',
  monotonicMs: 5_000,
  providerOffsetMs: null,
  afterAttemptId: 0,
  ...over,
});

describe('the provider’s clock, told by an earlier reading', () => {
  const told = reading({ providerOffsetMs: HOUR });

  it('has gone on as the clock that nobody sets; after a restart of the machine nobody knows', () => {
    const here = moment({ monotonicMs: 7_000 });
    expect(toldBy(here, told).providerAt).toBe(NOON + HOUR + 2_000);
    expect(toldBy({ ...here, bootId: 'b' }, told).providerAt).toBeNull();
  });

  it('says nothing where it was told since, or never', () => {
    expect(toldBy(moment({ providerAt: 5 }), told).providerAt).toBe(5);
    expect(toldBy(moment(), null).providerAt).toBeNull();
    expect(toldBy(moment(), reading()).providerAt).toBeNull();
  });
});

describe('the time between two moments', () => {
  it('is what the clock of one start of the machine says', () => {
    expect(passedMs(moment(), moment({ monotonicMs: 1_700 }))).toBe(700);
  });

  it('is what the provider’s clock says when the machine was started anew', () => {
    const from = moment({ providerAt: NOON });
    expect(passedMs(from, moment({ bootId: 'b', monotonicMs: 10, providerAt: NOON + 900 }))).toBe(900);
  });

  it('is the lesser of both', () => {
    const from = moment({ providerAt: NOON });
    expect(passedMs(from, moment({ monotonicMs: 1_700, providerAt: NOON + 300 }))).toBe(300);
    expect(passedMs(from, moment({ monotonicMs: 1_200, providerAt: NOON + 900 }))).toBe(200);
  });

  it('is unknown when neither tells', () => {
    expect(passedMs(moment(), moment({ bootId: 'b' }))).toBeNull();
    expect(passedMs(moment({ providerAt: NOON }), moment({ bootId: 'b' }))).toBeNull();
    expect(passedMs(moment(), moment({ bootId: 'b', providerAt: NOON }))).toBeNull();
  });

  it('is never more than has passed, however the wall clock was set in between', () => {
    const step = fc.integer({ min: -48 * HOUR, max: 48 * HOUR });
    fc.assert(
      fc.property(
        fc.nat({ max: HOUR }),
        fc.nat({ max: HOUR }),
        step,
        fc.boolean(),
        (workMs, waitMs, setMs, rebooted) => {
          // An attempt begins `workMs` after the run's reading; then the clock is set, and `waitMs` pass.
          const readings = [reading({ providerOffsetMs: 7_000 })];
          const began = beginningOf(readings, { attemptId: 1, startedAt: NOON + workMs });
          const now = momentOf({
            at: NOON + workMs + waitMs + setMs,
            bootId: rebooted ? 'b' : 'a',
            monotonicMs: rebooted ? 1 : 5_000 + workMs + waitMs,
            providerOffsetMs: 7_000 - setMs,
          });
          expect(began === null ? null : passedMs(began, now)).toBe(waitMs);
        },
      ),
    );
  });
});

describe('two readings', () => {
  it('are of one setting when the wall clock went as fast as the other', () => {
    const at = (ms: number, monotonicMs: number, bootId = 'a') =>
      isSameSetting(reading(), reading({ at: NOON + ms, monotonicMs, bootId }));
    expect(at(HOUR, 5_000 + HOUR)).toBe(true);
    expect(at(HOUR + 1_000, 5_000 + HOUR)).toBe(true);
    expect(at(HOUR + 1_001, 5_000 + HOUR)).toBe(false);
    expect(at(-HOUR, 5_000)).toBe(false);
    expect(at(HOUR, 5_000 + HOUR, 'b')).toBe(false);
  });
});

describe('the beginning of an attempt', () => {
  it('is known by the last reading before it', () => {
    const readings = [reading(), reading({ afterAttemptId: 4, at: NOON - HOUR, monotonicMs: 9_000 })];
    expect(beginningOf(readings, { attemptId: 4, startedAt: NOON + 100 })).toMatchObject({
      monotonicMs: 5_100,
    });
    expect(beginningOf(readings, { attemptId: 5, startedAt: NOON - HOUR + 100 })).toMatchObject({
      monotonicMs: 9_100,
    });
    expect(beginningOf([reading({ afterAttemptId: 4 })], { attemptId: 4, startedAt: NOON })).toBeNull();
  });

  it('by the provider’s clock is known from a later answer, unless the clock was set before that', () => {
    const later = { afterAttemptId: 4, at: NOON + 10_000, monotonicMs: 15_000, providerOffsetMs: -500 };
    const first = { attemptId: 1, startedAt: NOON + 100 };
    expect(beginningOf([reading(), reading(later)], first)?.providerAt).toBe(NOON - 400);
    expect(beginningOf([reading(), reading({ ...later, at: NOON + HOUR })], first)?.providerAt).toBeNull();
    expect(beginningOf([reading({ providerOffsetMs: 3 }), reading(later)], first)?.providerAt).toBe(
      NOON + 103,
    );
  });
});

describe('how long an attempt lasted', () => {
  const attempt = { attemptId: 1, startedAt: NOON + 100 };

  it('is the time from its beginning to its end', () => {
    expect(lastedMs([reading()], { ...attempt, endedAt: NOON + 70_100 })).toBe(70_000);
    expect(lastedMs([], { ...attempt, endedAt: NOON + 70_100 })).toBe(70_000);
  });

  it('is found when the clock was set in between, the longest that can be believed', () => {
    const set = (setMs: number) =>
      lastedMs([reading(), reading({ afterAttemptId: 4, at: NOON + 60_000 + setMs, monotonicMs: 65_000 })], {
        ...attempt,
        endedAt: NOON + 70_100 + setMs,
      });
    expect(set(-HOUR)).toBe(70_000);
    expect(set(HOUR)).toBe(70_000 + HOUR);
    expect(set(50 * 8_766 * HOUR)).toBe(70_000);
  });

  it('is nothing when its end came before its beginning', () => {
    expect(lastedMs([reading()], { ...attempt, endedAt: NOON - HOUR })).toBe(0);
    expect(lastedMs([reading({ afterAttemptId: 9 })], { ...attempt, endedAt: NOON - HOUR })).toBe(0);
  });
});
