import { describe, expect, test } from 'vitest';
import { dueLaunches, LATE_MS, type ProcessStanding, START_PATIENCE_MS } from '../../src/core/launches.js';
import type { LaunchRecord } from '../../src/core/ledger/launches.js';

const NOON = 1_000_000_000;
const MARK = { host: 'h', pid: 7, startedAs: '70' };

function launch(key: string, over: Partial<LaunchRecord> = {}): LaunchRecord {
  return {
    key,
    workspace: 'ws',
    name: key,
    file: `/${key}.yaml`,
    sender: 's',
    planDigest: 'd',
    confirmed: 1,
    options: { limit: null, acceptChanges: false, acceptLedger: false },
    by: 'Ana',
    startAt: null,
    state: 'waiting',
    askedAt: NOON,
    watchedAt: NOON,
    starter: null,
    runner: null,
    log: null,
    startedAt: null,
    endedAt: null,
    exitCode: null,
    problems: [],
    ...over,
  };
}

/** What is done about launches, by key. */
function done(
  open: readonly LaunchRecord[],
  at = NOON,
  standing: ProcessStanding = 'alive',
  busy: readonly string[] = [],
  held: readonly string[] = [],
) {
  const look = { at, busySenders: new Set(busy), held: new Set(held), standing: () => standing };
  const due = dueLaunches(open, look);
  const told = Object.entries(due).map(([what, some]) => [what, some.map(({ key }: LaunchRecord) => key)]);
  return Object.fromEntries(told.filter(([, keys = []]) => keys.length > 0)) as Record<string, string[]>;
}

describe('of launches that wait', () => {
  test('one of each sender is started, by their time', () => {
    const open = [
      launch('scheduled', { startAt: NOON - 10, askedAt: NOON - 5_000 }),
      launch('earlier', { startAt: NOON - 20 }),
      launch('other', { sender: 't' }),
    ];
    expect(done(open)).toEqual({ start: ['earlier', 'other'], inLine: ['scheduled'] });
  });

  test('one at whose campaign somebody is waits, and keeps no other one of its sender waiting', () => {
    const open = [launch('held'), launch('next')];
    expect(done(open, NOON, 'alive', [], ['held'])).toEqual({ inLine: ['held'], start: ['next'] });
  });

  test('none is started beside a run of its sender', () => {
    const running = launch('running', { state: 'running', runner: MARK });
    expect(done([running, launch('next')])).toEqual({ inLine: ['next'] });
    expect(done([launch('next')], NOON, 'alive', ['s'])).toEqual({ inLine: ['next'] });
    expect(done([{ ...running, state: 'starting', starter: MARK }, launch('next')])).toEqual({
      inLine: ['next'],
    });
  });

  test('whose time has not come stay', () => {
    expect(done([launch('later', { startAt: NOON + 1 })])).toEqual({ scheduled: ['later'] });
    expect(done([launch('now', { startAt: NOON })])).toEqual({ start: ['now'] });
  });

  test('that are late ask first, unless they stood in line under somebody’s eyes', () => {
    const due = launch('late', { startAt: NOON, watchedAt: NOON - LATE_MS });
    expect(done([due], NOON + LATE_MS)).toEqual({ start: ['late'] });
    expect(done([due], NOON + LATE_MS + 1)).toEqual({ late: ['late'] });
    expect(done([{ ...due, watchedAt: NOON + 1 }], NOON + LATE_MS + 1)).toEqual({ start: ['late'] });
  });
});

test('a look by a clock that was ahead keeps no launch from being late', () => {
  const due = launch('late', { startAt: NOON, watchedAt: NOON + 24 * 3_600_000 });
  expect(done([due], NOON + LATE_MS + 1)).toEqual({ late: ['late'] });
});

describe('of launches that go on', () => {
  test('one whose process is gone is lost, and the next is started', () => {
    const running = launch('running', { state: 'running', runner: MARK });
    expect(done([running, launch('next')], NOON, 'gone')).toEqual({ start: ['next'], lost: ['running'] });
    expect(done([running], NOON, 'unknown')).toEqual({});
  });

  test('one whose starter is gone is started anew, after some patience and before others', () => {
    const stuck = launch('stuck', { state: 'starting', starter: MARK, startedAt: NOON });
    const open = [stuck, launch('next', { watchedAt: NOON + START_PATIENCE_MS })];
    expect(done(open, NOON + START_PATIENCE_MS, 'gone')).toEqual({ inLine: ['next'] });
    expect(done(open, NOON + START_PATIENCE_MS + 1, 'gone')).toEqual({ start: ['stuck'], inLine: ['next'] });
    expect(done(open, NOON + START_PATIENCE_MS + 1, 'alive')).toEqual({ inLine: ['next'] });
    expect(done([stuck], NOON - START_PATIENCE_MS - 1, 'gone')).toEqual({ start: ['stuck'] });
  });

  test('one whose machine went off while it was started asks first, once that is long ago', () => {
    const stuck = launch('stuck', { state: 'starting', starter: MARK, startedAt: NOON });
    expect(done([stuck], NOON + LATE_MS, 'gone')).toEqual({ start: ['stuck'] });
    expect(done([stuck], NOON + LATE_MS + 1, 'gone')).toEqual({ late: ['stuck'] });
    expect(done([{ ...stuck, watchedAt: NOON + LATE_MS }], NOON + LATE_MS + 1, 'gone')).toEqual({
      start: ['stuck'],
    });
  });
});
