import { expect, test } from 'vitest';
import { NO_ANSWER } from '../../src/core/outcome.js';
import type { Gate } from '../../src/core/ports.js';
import { virtualRun } from '../support/virtual-run.js';

const MINUTE = 60_000;

/** Open for so long from the beginning, then a halt. */
function openFor(ms: number, beganAt: number): Gate {
  return {
    check: (at) =>
      Promise.resolve(
        at < beganAt + ms
          ? { kind: 'open', atMost: null }
          : { kind: 'halt', halt: { code: 'halt.window', params: { until: beganAt + 10 * ms } } },
      ),
  };
}

test('nothing leaves after the window closed while the run waited for its permit', async () => {
  const sentAtMs: number[] = [];
  const { end, counts } = await virtualRun({
    people: 9,
    ratePerSecond: 1 / 60,
    answer: (_dispatch, atMs) => {
      sentAtMs.push(atMs);
      return { kind: 'accepted', contactId: 'c', answer: NO_ANSWER };
    },
    gates: (beganAt) => [openFor(2.5 * MINUTE, beganAt)],
  });
  expect(end).toMatchObject({ accepted: 3, halt: { code: 'halt.window' } });
  expect(counts).toMatchObject({ accepted: 3, pending: 6 });
  expect(Math.max(...sentAtMs)).toBeLessThan(2.5 * MINUTE);
});

test('the rate stays what it is although the gates are asked again for each permit', async () => {
  const { end, tookMs } = await virtualRun({
    people: 9,
    ratePerSecond: 1 / 60,
    answer: () => ({ kind: 'accepted', contactId: 'c', answer: NO_ANSWER }),
    gates: (beganAt) => [openFor(60 * MINUTE, beganAt)],
  });
  expect(end).toMatchObject({ accepted: 9, halt: null });
  expect(tookMs).toBeGreaterThanOrEqual(8 * MINUTE);
  expect(tookMs).toBeLessThan(8.2 * MINUTE);
});
