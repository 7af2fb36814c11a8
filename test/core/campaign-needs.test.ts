import { expect, test } from 'vitest';
import { haltThatHolds, type NeedFacts, needsOf } from '../../src/core/campaign-needs.js';
import { countsOf } from '../../src/core/counts.js';
import type { CampaignRecord } from '../../src/core/ledger/campaigns.js';
import type { LaunchRecord } from '../../src/core/ledger/launches.js';
import type { RunRecord } from '../../src/core/ledger/runs.js';

const RECORD = { control: 'go', halt: null } as CampaignRecord;
const RUN = { startedAt: 100, endedAt: 200 } as RunRecord;
const LAUNCH = { state: 'ended', askedAt: 90, endedAt: 210, problems: [] } as unknown as LaunchRecord;
const REFUSED: LaunchRecord = { ...LAUNCH, state: 'refused', problems: [{ code: 'plan.changed-since' }] };

function needs(over: Partial<NeedFacts>): readonly string[] {
  const quiet = {
    repeated: 0,
    isRunning: false,
    isEntered: false,
    isLate: false,
    isLost: false,
    importedAt: null,
  };
  const facts = {
    record: RECORD,
    counts: countsOf({ accepted: 3 }, 0),
    lastRun: RUN,
    launch: LAUNCH,
    ...quiet,
  };
  return needsOf({ ...facts, ...over }).map(({ kind }) => kind);
}

test('a campaign that is done needs nobody', () => {
  expect(needs({})).toEqual([]);
  expect(needs({ launch: null, lastRun: null })).toEqual([]);
});

test('what is open needs a person, as long as no run settles it', () => {
  const counts = countsOf({ uncertain: 2, exhausted: 1 }, 0, { listed: 0, failed: 4 });
  expect(needs({ counts })).toEqual(['uncertain', 'failed', 'exhausted']);
  expect(needs({ counts, isRunning: true })).toEqual(['failed']);
});

test('a halt needs a person, but for a campaign that was canceled or runs again', () => {
  const record = { ...RECORD, halt: { code: 'halt.credentials' } } as CampaignRecord;
  expect(needs({ record })).toEqual(['halted']);
  expect(needs({ record, isRunning: true })).toEqual([]);
  expect(needs({ record: { ...record, control: 'canceled' } })).toEqual([]);
});

test('a run that a person stopped needs nobody once that was taken back', () => {
  for (const code of ['halt.paused', 'halt.canceled']) {
    const record = { ...RECORD, halt: { code } } as CampaignRecord;
    expect(needs({ record })).toEqual([]);
    expect(needs({ record: { ...record, control: 'paused' } })).toEqual(['halted']);
  }
});

test('a pause that became a cancel stops nothing any more', () => {
  const halt = { code: 'halt.paused' } as const;
  expect(haltThatHolds({ control: 'paused', halt })).toBe(halt);
  expect(haltThatHolds({ control: 'canceled', halt })).toBeNull();
});

test('a run that died needs a person where somebody is owed a message', () => {
  const counts = countsOf({ pending: 1 }, 0);
  const lastRun = { ...RUN, endedAt: null };
  expect(needs({ counts, lastRun })).toEqual(['died']);
  expect(needs({ counts, lastRun, isEntered: true })).toEqual([]);
  expect(needs({ counts, lastRun, isRunning: true })).toEqual([]);
  expect(needs({ counts, launch: { ...LAUNCH, state: 'lost' } })).toEqual(['died']);
  expect(needs({ counts, isLost: true })).toEqual(['died']);
  expect(needs({ lastRun })).toEqual([]);
  expect(needs({ counts: countsOf({}, 0), lastRun })).toEqual(['died']);
});

test('whom a dead run left in flight needs a person, whatever else is left or was said', () => {
  const lastRun = { ...RUN, endedAt: null };
  const counts = countsOf({ sending: 2 }, 0);
  expect(needs({ counts, lastRun })).toEqual(['uncertain']);
  expect(needs({ counts, lastRun, record: { ...RECORD, control: 'canceled' } })).toEqual(['uncertain']);
  expect(needs({ counts, lastRun, isRunning: true })).toEqual([]);
  expect(needs({ counts: countsOf({ sending: 2, pending: 1 }, 0), lastRun })).toEqual(['uncertain', 'died']);
});

test('a launch that is late, or was refused and not made up for, needs a person', () => {
  expect(needs({ isLate: true })).toEqual(['late']);
  expect(needs({ isLate: true, launch: null })).toEqual([]);
  expect(needs({ launch: REFUSED })).toEqual(['refused']);
  expect(needs({ launch: { ...REFUSED, endedAt: null }, lastRun: null })).toEqual(['refused']);
  expect(needs({ launch: REFUSED, lastRun: { ...RUN, startedAt: 300 } })).toEqual([]);
  expect(needs({ launch: { ...REFUSED, endedAt: null } })).toEqual([]);
});

test('a run that stopped needs nobody any more once the rest is scheduled, unless that was before, or is late', () => {
  const record = { ...RECORD, halt: { code: 'halt.credentials' } } as CampaignRecord;
  const stopped = { record, counts: countsOf({ pending: 1 }, 0) };
  const waiting: LaunchRecord = { ...LAUNCH, state: 'waiting', askedAt: 300, endedAt: null };
  expect(needs({ ...stopped, launch: waiting })).toEqual([]);
  expect(needs({ ...stopped, launch: { ...waiting, state: 'starting' } })).toEqual([]);
  expect(needs({ ...stopped, launch: waiting, lastRun: { ...RUN, endedAt: null } })).toEqual([]);
  expect(needs({ ...stopped, launch: waiting, lastRun: null })).toEqual([]);
  expect(needs({ ...stopped, launch: { ...waiting, askedAt: 90 } })).toEqual(['halted']);
  expect(needs({ ...stopped, launch: waiting, isLate: true })).toEqual(['halted', 'late']);
});
