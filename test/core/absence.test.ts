import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Controls,
  deadlineOf,
  neighbourhoodMs,
  resendOf,
  type ScanFacts,
  settleEndOf,
  type UncertainAttempt,
  whyNotAbsent,
} from '../../src/core/absence.js';
import { CLOCK_SKEW_MS, UNCLEAR_BEFORE_MS } from '../../src/core/match.js';
import type { Unmatched } from '../../src/core/reconcile-assign.js';

const START = 1_800_000_000_000;
const MINUTE = 60_000;
const policy = { settleMs: 15 * MINUTE, timeoutMs: MINUTE };
const attempt = {
  deliveryId: 1,
  attemptId: 1,
  person: '51900000001',
  phone: '51900000001',
  key: '',
  line: 2,
  startedAt: START,
  endedAt: START + 5_000,
  lastedMs: 5_000,
  passedMs: 16 * MINUTE + 1,
  providerAt: START,
  sinceLeaseMs: null,
  provenAbsent: false,
} satisfies UncertainAttempt;
const DEADLINE = START + MINUTE;
const LATER = START + 60 * MINUTE;
const scan = {
  startedAt: DEADLINE + 15 * MINUTE + 1,
  complete: true,
  oldestAt: START - 1,
  providerOffsetMs: 0,
};
const controls: Controls = {
  listed: 2,
  missingAt: [],
  lastListedAt: DEADLINE + 1,
  lastAt: DEADLINE + 1,
  longestDelayMs: 400,
};
const codes = (over: {
  attempt?: Partial<UncertainAttempt>;
  unmatched?: Unmatched;
  scan?: Partial<ScanFacts>;
  controls?: Partial<Controls>;
}) =>
  whyNotAbsent(
    { ...attempt, ...over.attempt },
    over.unmatched ?? 'unlisted',
    { ...scan, ...over.scan },
    { ...controls, ...over.controls },
    policy,
  ).map(({ code }) => code.replace('reconcile.left.', ''));

describe('the deadline of an attempt', () => {
  it('is its start and the time-out, or its end when that came later', () => {
    expect(deadlineOf(attempt, MINUTE, LATER)).toBe(DEADLINE);
    expect(deadlineOf({ ...attempt, endedAt: null }, MINUTE, LATER)).toBe(DEADLINE);
    expect(deadlineOf({ ...attempt, endedAt: START + 90_000 }, MINUTE, LATER)).toBe(START + 90_000);
  });

  it('is as late as a lost machine could send it, and the time-out', () => {
    const lost = { ...attempt, endedAt: null, sinceLeaseMs: LATER - START - 12_000 };
    expect(deadlineOf(lost, MINUTE, LATER)).toBe(START + 12_000 + MINUTE);
    // Of a lease that was over before, the attempt knows better.
    expect(deadlineOf({ ...lost, sinceLeaseMs: LATER - START + 5_000 }, MINUTE, LATER)).toBe(DEADLINE);
  });

  it('and the settle time are counted by what has really passed, whatever the wall clock says now', () => {
    const end = (over: Partial<UncertainAttempt>, at = START) =>
      settleEndOf({ ...attempt, ...over }, policy, at) - at;
    expect(end({ passedMs: 0 })).toBe(16 * MINUTE);
    expect(end({ passedMs: 6 * MINUTE })).toBe(10 * MINUTE);
    expect(end({ passedMs: 6 * MINUTE }, START + 24 * 60 * MINUTE)).toBe(10 * MINUTE);
    expect(end({ passedMs: 0, lastedMs: 90_000 })).toBe(90_000 + 15 * MINUTE);
    expect(end({ passedMs: 0, lastedMs: null })).toBe(16 * MINUTE);
    expect(end({ passedMs: null })).toBe(16 * MINUTE);
    const lost = { lastedMs: null, sinceLeaseMs: 6 * MINUTE - 12_000 };
    expect(end({ ...lost, passedMs: 6 * MINUTE })).toBe(10 * MINUTE + 12_000);
    expect(end({ ...lost, passedMs: null })).toBe(16 * MINUTE);
    expect(end({ ...lost, passedMs: MINUTE })).toBe(15 * MINUTE);
  });
});

describe('absence', () => {
  it('is proven by a whole list, read after the settle time, with every control in it', () => {
    expect(codes({})).toEqual([]);
  });

  it('is not proven before the settle time ended, however late the scan ends', () => {
    expect(codes({ attempt: { passedMs: 16 * MINUTE } })).toEqual(['settling']);
    const early = { ...attempt, passedMs: MINUTE };
    const [reason] = whyNotAbsent(early, 'unlisted', { ...scan, startedAt: DEADLINE }, controls, policy);
    expect(reason?.params).toEqual({ until: DEADLINE + 15 * MINUTE });
  });

  it('is not proven by a wall clock that says that time has passed', () => {
    const late = START + 24 * 60 * MINUTE;
    expect(codes({ attempt: { passedMs: null }, scan: { startedAt: late } })).toEqual(['settling']);
    expect(codes({ attempt: { passedMs: 2_000 }, scan: { startedAt: late } })).toEqual(['settling']);
  });

  it('is not proven by a list without a record from before the attempt: it may not reach back so far', () => {
    expect(codes({ scan: { oldestAt: START } })).toEqual(['list-too-short']);
    expect(codes({ scan: { oldestAt: null } })).toEqual(['list-too-short']);
    expect(codes({ scan: { oldestAt: null }, attempt: { provenAbsent: true } })).toEqual([]);
    expect(codes({ scan: { oldestAt: null }, controls: { lastListedAt: null } })).toEqual(['list-too-short']);
  });

  it('is not proven by a list that reaches behind the attempt only by a clock that was ahead when it began', () => {
    const passedMs = scan.startedAt - START;
    const ahead = { startedAt: START + 60 * MINUTE, passedMs };
    const later = { lastListedAt: START + 62 * MINUTE, lastAt: START + 62 * MINUTE };
    expect(codes({ attempt: ahead, scan: { oldestAt: START }, controls: later })).toEqual(['list-too-short']);
    expect(codes({ attempt: ahead, scan: { oldestAt: START - 1 }, controls: later })).toEqual([]);
  });

  it('is not proven by a record that looks older because the provider’s clock was set since', () => {
    const offBy = (minutes: number, oldestAt: number) =>
      codes({ scan: { oldestAt, providerOffsetMs: minutes * MINUTE } });
    expect(offBy(19, START - 19 * MINUTE)).toEqual(['list-too-short']);
    expect(offBy(19, START - 19 * MINUTE - 1)).toEqual([]);
    expect(offBy(-19, START)).toEqual(['list-too-short']);
    expect(offBy(-19, START - 1)).toEqual([]);
  });

  it('needs a record from a day and two hours before where nobody knows what the provider’s clock said then', () => {
    const dayBefore = START - UNCLEAR_BEFORE_MS;
    for (const [then, now] of [
      [null, 0],
      [START, null],
    ]) {
      const asked = (oldestAt: number) =>
        codes({ attempt: { providerAt: then ?? null }, scan: { oldestAt, providerOffsetMs: now ?? null } });
      expect(asked(dayBefore)).toEqual(['list-too-short']);
      expect(asked(dayBefore - 1)).toEqual([]);
    }
  });

  it('is a matter of an operator when fewer records than equal messages are left, once no more can turn up', () => {
    expect(codes({ unmatched: 'ambiguous' })).toEqual(['ambiguous']);
    const without = { lastListedAt: null, lastAt: null };
    expect(codes({ unmatched: 'ambiguous', controls: without })).toEqual(['no-control', 'ambiguous']);
    expect(codes({ unmatched: 'ambiguous', attempt: { passedMs: 0 } })).toEqual(['settling', 'ambiguous']);
    expect(codes({ unmatched: 'ambiguous', scan: { complete: false } })).toEqual([
      'list-incomplete',
      'ambiguous',
    ]);
    const options = (key: string) =>
      whyNotAbsent({ ...attempt, key }, 'ambiguous', scan, controls, policy)[0]?.params;
    expect(options('')).toEqual({ options: '--phone 51900000001' });
    expect(options('A-7')).toEqual({ options: '--phone 51900000001 --key A-7' });
    expect(options("it's $(x)")).toEqual({ options: "--phone 51900000001 --key 'it'\\''s $(x)'" });
    expect(options('-5')).toEqual({ options: '--phone 51900000001 --key=-5' });
  });

  it('is not proven by a part of the list', () => {
    expect(codes({ scan: { complete: false } })).toEqual(['list-incomplete']);
  });

  it('waits for its settle time first: how far a reading before that came is no reason', () => {
    expect(codes({ attempt: { passedMs: 0 }, scan: { complete: false } })).toEqual(['settling']);
  });

  it('is not proven when a record may be the one that is looked for', () => {
    expect(codes({ unmatched: 'claimed' })).toEqual(['claimed']);
    expect(codes({ unmatched: 'unclear' })).toEqual(['unclear']);
  });

  it('is not proven without a control after the deadline, though there were some before', () => {
    expect(codes({ controls: { lastListedAt: DEADLINE, lastAt: DEADLINE } })).toEqual(['no-control']);
    expect(codes({ controls: { lastListedAt: null, lastAt: null } })).toEqual(['no-control']);
  });

  it('is not proven when the only controls after the deadline are not in the list', () => {
    const late = DEADLINE + 40 * MINUTE;
    const missing = { lastListedAt: DEADLINE, lastAt: late, missingAt: [late] };
    expect(codes({ controls: missing })).toEqual(['control-missing']);
    expect(codes({ controls: { ...missing, lastListedAt: null } })).toEqual(['control-missing']);
  });

  it('is not proven when one control from around the attempt is missing', () => {
    const reach = neighbourhoodMs(policy);
    const missing = (...missingAt: number[]) => codes({ controls: { missingAt } });
    expect(missing(START - reach)).toEqual(['control-missing']);
    expect(missing(DEADLINE + reach)).toEqual(['control-missing']);
    expect(missing(START - reach - 1, DEADLINE + reach + 1)).toEqual([]);
  });

  it('tells how many controls are missing, and since when', () => {
    const missingAt = [START - 40 * MINUTE, START - MINUTE, START, START + 60 * MINUTE];
    const [reason] = whyNotAbsent(attempt, 'unlisted', scan, { ...controls, missingAt }, policy);
    expect(reason?.params).toEqual({ count: 2, since: START - MINUTE });
  });

  it('takes longer when this machine’s clock was set forward since', () => {
    const longestDelayMs = CLOCK_SKEW_MS + 10 * MINUTE;
    expect(codes({ controls: { longestDelayMs } })).toEqual(['settling']);
    const later = {
      attempt: { passedMs: attempt.passedMs + 10 * MINUTE },
      scan: { startedAt: scan.startedAt + 10 * MINUTE },
    };
    expect(codes({ controls: { longestDelayMs }, ...later })).toEqual([]);
  });

  it('that was proven once needs a whole list without it, but no controls again', () => {
    const again = { attempt: { provenAbsent: true }, controls: { missingAt: [START], lastListedAt: null } };
    expect(codes(again)).toEqual([]);
    expect(codes({ ...again, unmatched: 'claimed' })).toEqual(['claimed']);
    expect(codes({ ...again, scan: { complete: false } })).toEqual(['list-incomplete']);
  });

  it('finds a missing control among any number', () => {
    const moments = fc.array(fc.integer({ min: -60, max: 60 }), { maxLength: 40 });
    fc.assert(
      fc.property(moments, (minutes) => {
        const missingAt = minutes.map((minute) => START + minute * MINUTE).sort((a, b) => a - b);
        const near = missingAt.some((at) => at >= START - 15 * MINUTE && at <= DEADLINE + 15 * MINUTE);
        expect(codes({ controls: { missingAt } })).toEqual(near ? ['control-missing'] : []);
      }),
    );
  });
});

describe('the neighbourhood of an attempt', () => {
  it('is the settle time, but at least a quarter of an hour', () => {
    expect(neighbourhoodMs({ settleMs: 1_000, timeoutMs: 0 })).toBe(15 * MINUTE);
    expect(neighbourhoodMs({ settleMs: 60 * MINUTE, timeoutMs: 0 })).toBe(60 * MINUTE);
  });
});

describe('sending again what is proven absent', () => {
  const ask = () => Promise.resolve(true);
  it('follows the campaign, and never is stronger than --resend-absent', () => {
    expect(resendOf('never', true, ask)).toBe('never');
    expect(resendOf('ask', true, null)).toBe('yes');
    expect(resendOf('auto', false, null)).toBe('yes');
    expect(resendOf('ask', false, ask)).toBe(ask);
    expect(resendOf('ask', false, null)).toBe('no');
  });
});
