import { expect, test } from 'vitest';
import { isSending } from '../../src/app/overview/standing.js';

const HOLDER = { pid: 7, host: 'box', campaign: 'sale', since: 2_000 };
const RUN = {
  id: 1,
  startedAt: 2_500,
  endedAt: null,
  pid: 7,
  host: 'box',
  by: 'Ana',
  ratePerSecond: 80,
  halt: null,
  ending: null,
};

test('a run goes on where its own process is at the campaign', () => {
  expect(isSending({ holder: HOLDER, lastRun: RUN })).toBe(true);
  expect(isSending({ holder: HOLDER, lastRun: { ...RUN, endedAt: 3_000 } })).toBe(false);
  expect(isSending({ holder: { ...HOLDER, pid: 8 }, lastRun: RUN })).toBe(false);
  expect(isSending({ holder: { ...HOLDER, host: 'other' }, lastRun: RUN })).toBe(false);
  expect(isSending({ holder: null, lastRun: RUN })).toBe(false);
});

test('a run that died is not what goes on where a later process has its number, as in a container that was started again', () => {
  expect(isSending({ holder: HOLDER, lastRun: { ...RUN, startedAt: 1_000 } })).toBe(false);
});

test('a clock that was set right between the lock and the run does not make it another one', () => {
  expect(isSending({ holder: HOLDER, lastRun: { ...RUN, startedAt: 1_900 } })).toBe(true);
});
