import { describe, expect, test } from 'vitest';
import type { CampaignNeed } from '../../src/core/campaign-needs.js';
import { countsOf } from '../../src/core/counts.js';
import { figuresOf, NEED_KINDS, WAIT_REASONS, type WatchedCampaign } from '../../src/core/figures.js';
import type { LedgerFigures } from '../../src/core/ledger/figures.js';
import type { LaunchRecord } from '../../src/core/ledger/launches.js';
import type { RunRecord } from '../../src/core/ledger/runs.js';
import en from '../../src/locales/en.json' with { type: 'json' };

const NO_LISTED = { listed: 0, failed: 0 };

const LEDGER: LedgerFigures = {
  campaigns: [],
  runs: { open: 0, finished: 4, interrupted: 3, halted: 2, died: 1 },
  endedAttempts: { refused: 5, deferred: 6, 'not-sent': 7, absent: 8 },
  startedLately: 120,
  launches: { waiting: 1, starting: 0, running: 0, ended: 2, refused: 0, lost: 0, withdrawn: 0 },
  scans: { open: 0, complete: 3, partial: 1 },
};

function lastRun(over: Partial<RunRecord> = {}): RunRecord {
  const ended = { endedAt: 5_000, halt: null, ending: 'finished' } as const;
  return { id: 1, pid: 1, host: 'h', by: null, startedAt: 1_000, ratePerSecond: 30, ...ended, ...over };
}

function campaign(over: Partial<WatchedCampaign> = {}): WatchedCampaign {
  return {
    record: { waiting: null } as WatchedCampaign['record'],
    counts: countsOf({ accepted: 10, uncertain: 2, sending: 1, skipped: 3 }, 4, NO_LISTED),
    repeated: 0,
    lastRun: lastRun(),
    importedAt: 500,
    sandbox: false,
    isRunning: false,
    launch: null,
    needs: [],
    ...over,
  };
}

const launch = (over: Partial<LaunchRecord>): LaunchRecord =>
  ({ askedAt: 2_000, startAt: null, endedAt: null, ...over }) as LaunchRecord;

test('deliveries are summed over campaigns, rehearsals beside them', () => {
  const figures = figuresOf(LEDGER, [campaign(), campaign(), campaign({ sandbox: true })], 9_000);
  expect(figures.deliveries).toMatchObject({
    accepted: 20,
    uncertain: 4,
    sending: 2,
    skipped: 6,
    pending: 0,
  });
  expect(figures.rehearsed).toMatchObject({ accepted: 10, uncertain: 2 });
  expect(figures.rejected).toBe(8);
  expect(figures.attempts).toEqual({
    refused: 5,
    deferred: 6,
    'not-sent': 7,
    absent: 8,
    accepted: 30,
    uncertain: 6,
    'in-flight': 3,
  });
});

test('a run that holds its lock goes on, and one that does not has died', () => {
  const running = campaign({ isRunning: true, lastRun: lastRun({ endedAt: null }) });
  const figures = figuresOf({ ...LEDGER, runs: { ...LEDGER.runs, open: 3 } }, [running], 9_000);
  expect(figures.runs).toEqual({ running: 1, finished: 4, interrupted: 3, halted: 2, died: 3 });
  expect(figures).toMatchObject({ ratePerSecond: 2, limitPerSecond: 30 });
});

test('who holds a lock and has not begun is no run yet', () => {
  const before = [campaign({ isRunning: true }), campaign({ isRunning: true, lastRun: null })];
  const { runs, limitPerSecond } = figuresOf(LEDGER, before, 9_000);
  expect([runs.running, runs.died, limitPerSecond]).toEqual([0, 1, 0]);
});

test('what runs wait for is counted; what a dead one waited for is not', () => {
  const record = { waiting: { code: 'wait.per-day', params: { until: 1 }, untilAt: 1 } };
  const waiting = campaign({
    record: record as WatchedCampaign['record'],
    isRunning: true,
    lastRun: lastRun({ endedAt: null }),
  });
  const going = { ...waiting, record: { waiting: null } as WatchedCampaign['record'] };
  const figures = figuresOf(LEDGER, [waiting, waiting, going, { ...waiting, isRunning: false }], 9_000);
  expect([...figures.waits]).toEqual([['per-day', 2]]);
});

describe('what needs a person', () => {
  const halt = { code: 'halt.rejected', params: { count: 1 } } as const;
  test.each<[string, CampaignNeed, Partial<WatchedCampaign>, number]>([
    ['since its run ended', { kind: 'halted', halt }, {}, 4_000],
    [
      'since its run began, where nobody knows when it died',
      { kind: 'died' },
      { lastRun: lastRun({ endedAt: null }) },
      8_000,
    ],
    ['since its list came, where no run began', { kind: 'died' }, { lastRun: null }, 8_500],
    ['since its launch was due', { kind: 'late', launch: launch({ startAt: 3_000 }) }, {}, 6_000],
    ['since it was asked for', { kind: 'late', launch: launch({}) }, {}, 7_000],
    [
      'since its launch was refused',
      { kind: 'refused', problems: [], launch: launch({ endedAt: 4_500 }) },
      {},
      4_500,
    ],
    ['since it was asked for, too', { kind: 'refused', problems: [], launch: launch({}) }, {}, 7_000],
  ])('does so %s', (_, need, over, ageMs) => {
    expect(figuresOf(LEDGER, [campaign({ needs: [need], ...over })], 9_000).oldestNeedMs).toBe(ageMs);
  });

  test('is counted by kind, with the age of the oldest and the uncertain; rehearsals need nobody', () => {
    const uncertain = campaign({ needs: [{ kind: 'uncertain', count: 2 }] });
    const older = campaign({
      needs: [
        { kind: 'uncertain', count: 3 },
        { kind: 'exhausted', count: 1 },
      ],
      lastRun: lastRun({ endedAt: 2_000 }),
    });
    const rehearsal = campaign({ needs: [{ kind: 'uncertain', count: 9 }], sandbox: true });
    const figures = figuresOf(LEDGER, [uncertain, older, rehearsal], 9_000);
    expect(Object.fromEntries(figures.needs)).toEqual({ uncertain: 2, exhausted: 1 });
    expect(figures).toMatchObject({ uncertainWaiting: 5, oldestNeedMs: 7_000 });
  });

  test('has no age where there is none, or where nothing ever happened', () => {
    expect(figuresOf(LEDGER, [campaign()], 9_000).oldestNeedMs).toBeNull();
    const never = campaign({ needs: [{ kind: 'died' }], lastRun: null, importedAt: null });
    expect(figuresOf(LEDGER, [never], 9_000).oldestNeedMs).toBeNull();
  });
});

test('every reason to wait that has a sentence can be counted, and there are words for every need', () => {
  const reasons = Object.keys(en).filter((code) => /^wait\.[^.]+$/u.test(code));
  expect(reasons.map((code) => code.slice('wait.'.length)).toSorted()).toEqual([...WAIT_REASONS].toSorted());
  expect(new Set(NEED_KINDS).size).toBe(NEED_KINDS.length);
});
