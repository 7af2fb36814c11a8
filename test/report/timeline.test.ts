import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunSpan, TimelineMinute } from '../../src/core/report-data.js';
import { foldTimeline, limitsOf, pausesOf } from '../../src/report/html/timeline.js';
import { MINUTE, MORNING } from './support.js';

function minute(index: number, accepted = 10): TimelineMinute {
  return { at: MORNING + index * MINUTE, accepted, refused: 1, uncertain: 0, deferred: 0 };
}

function run(from: number, to: number | null, halted: RunSpan['halted'] = null): RunSpan {
  const endedAt = to === null ? null : MORNING + to * MINUTE;
  return { startedAt: MORNING + from * MINUTE, endedAt, ratePerSecond: 10, halted, ending: null };
}

describe('folding', () => {
  test('a short timeline keeps its minutes and has no holes', () => {
    const { stepMinutes, steps } = foldTimeline([minute(0), minute(3)]);
    expect(stepMinutes).toBe(1);
    expect(steps.map((step) => step.accepted)).toEqual([10, 0, 0, 10]);
  });

  test('nothing sent is no step', () => {
    expect(foldTimeline([])).toEqual({ stepMinutes: 1, steps: [] });
  });

  test('however long it took, at most 240 steps are left and nobody is lost', () => {
    const minutes = fc
      .uniqueArray(fc.integer({ min: 0, max: 2_000_000 }), { minLength: 1, maxLength: 50 })
      .map((indexes) => indexes.sort((a, b) => a - b).map((index) => minute(index, index + 1)));
    fc.assert(
      fc.property(minutes, (timeline) => {
        const { steps } = foldTimeline(timeline);
        expect(steps.length).toBeLessThanOrEqual(240);
        const sum = (all: readonly TimelineMinute[]): number =>
          all.reduce((total, each) => total + each.accepted, 0);
        expect(sum(steps)).toBe(sum(timeline));
      }),
    );
  });
});

describe('pauses', () => {
  const sends = [minute(0), minute(1), minute(10)];

  test('while a run goes on, it waited', () => {
    expect(pausesOf(sends, [run(0, 12)])).toEqual([
      { from: MORNING + 2 * MINUTE, to: MORNING + 10 * MINUTE, kind: 'waiting', halt: null },
    ]);
    expect(pausesOf(sends, [run(0, null)])[0]?.kind).toBe('waiting');
  });

  test('after a halt, the halt is the reason', () => {
    const halt = { code: 'halt.account', params: { detail: 'x' } } as const;
    expect(pausesOf(sends, [run(0, 2, halt), run(9, 12)])[0]).toMatchObject({ kind: 'halted', halt });
  });

  test('after a run that ended or died, none was going on', () => {
    expect(pausesOf(sends, [run(0, 2), run(9, 12)])[0]?.kind).toBe('stopped');
    expect(pausesOf(sends, [run(0, null), run(9, 12)])[0]?.kind).toBe('stopped');
    expect(pausesOf(sends, [])[0]?.kind).toBe('stopped');
  });

  test('a minute without a send is no pause yet', () => {
    expect(pausesOf([minute(0), minute(2)], [run(0, 3)])).toEqual([]);
  });
});

test('the limit is drawn for each run, between the first and the last send', () => {
  const limits = limitsOf(foldTimeline([minute(0), minute(9)]), [run(-5, 4), run(6, 50), run(60, 70)]);
  expect(limits).toEqual([
    { from: MORNING, to: MORNING + 4 * MINUTE, perMinute: 600 },
    { from: MORNING + 6 * MINUTE, to: MORNING + 10 * MINUTE, perMinute: 600 },
  ]);
});
