import { expect, test } from 'vitest';
import { NO_ANSWER, type Outcome } from '../../src/core/outcome.js';
import { virtualRun } from '../support/virtual-run.js';

const ACCEPTED: Outcome = { kind: 'accepted', contactId: 'c', answer: NO_ANSWER };

/** When requests of a run left that is this machine's no more between two moments. */
async function fencedRun(fromMs: number, toMs: number, connectMs: number): Promise<readonly number[]> {
  const leftAtMs: number[] = [];
  const { end } = await virtualRun({
    people: 30,
    ratePerSecond: 10,
    connectMs: () => connectMs,
    mayStillSend: (atMs) => atMs < fromMs || atMs >= toMs,
    answer: (_delivery, atMs) => {
      leftAtMs.push(atMs);
      return ACCEPTED;
    },
  });
  expect(end).toMatchObject({ accepted: 30, halt: null });
  return leftAtMs;
}

test('nobody leaves whose machine may not send any more', async () => {
  const left = await fencedRun(1_000, 3_000, 0);
  expect(left.filter((atMs) => atMs >= 1_000 && atMs < 3_000)).toEqual([]);
  expect(left.some((atMs) => atMs < 1_000)).toBe(true);
});

test('nobody leaves whose machine lost that while the connection came about', async () => {
  const left = await fencedRun(1_000, 3_000, 300);
  expect(left.filter((atMs) => atMs >= 1_000 && atMs < 3_000)).toEqual([]);
  expect(left.some((atMs) => atMs < 1_000)).toBe(true);
});
