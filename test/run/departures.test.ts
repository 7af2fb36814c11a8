import { expect, test } from 'vitest';
import { NO_ANSWER, type Outcome } from '../../src/core/outcome.js';
import type { Gate } from '../../src/core/ports.js';
import { virtualRun } from '../support/virtual-run.js';
import { worstWindow } from '../throttle/worst-window.js';

const ACCEPTED: Outcome = { kind: 'accepted', contactId: 'c', answer: NO_ANSWER };
const THROTTLED: Outcome = {
  kind: 'deferred',
  scope: 'everyone',
  throttled: true,
  retryAfterMs: 5_000,
  answer: NO_ANSWER,
};

/** 2,000 people at 1,000/s with 16 requests at a time, to a provider that answers within 3 ms, and when they left. */
async function quickRun(more: {
  readonly latencyMs?: (atMs: number) => number;
  readonly answer?: (atMs: number) => Outcome;
  readonly gates?: (beganAt: number) => readonly Gate[];
}) {
  const sentAtMs: number[] = [];
  const run = await virtualRun({
    people: 2_000,
    ratePerSecond: 1_000,
    concurrency: 16,
    latencyMs: more.latencyMs ?? (() => 3),
    answer: (_dispatch, atMs) => {
      sentAtMs.push(atMs);
      return more.answer?.(atMs) ?? ACCEPTED;
    },
    ...(more.gates === undefined ? {} : { gates: more.gates }),
  });
  return {
    ...run,
    sentAtMs,
    worst: worstWindow(
      sentAtMs.map((atMs) => ({ atMs, permits: 1 })),
      1_000,
    ),
  };
}

/** Waits between two moments after the beginning. */
function closedBetween(fromMs: number, toMs: number, beganAt: number): Gate {
  const until = beganAt + toMs;
  return {
    check: (at) =>
      Promise.resolve(
        at >= beganAt + fromMs && at < until
          ? { kind: 'wait', wait: { code: 'wait.window', params: { until }, untilAt: until } }
          : { kind: 'open', atMost: null },
      ),
  };
}

test('a commit serves several departures at 1,000/s', async () => {
  const { end, sentAtMs, worst, claims } = await quickRun({});
  expect(end).toMatchObject({ accepted: 2_000, halt: null });
  expect(claims).toBeLessThan(2_000 / 18);
  expect(new Set(sentAtMs).size).toBeGreaterThanOrEqual(2_000 / 20);
  expect(worst).toBeLessThanOrEqual(1_021);
});

test('a provider that hangs gets no more in a second afterwards', async () => {
  const { end, worst } = await quickRun({
    latencyMs: (atMs) => (atMs >= 800 && atMs < 1_000 ? 1_000 - atMs + 1 : 3),
  });
  expect(end).toMatchObject({ accepted: 2_000, halt: null });
  expect(worst).toBeLessThanOrEqual(1_021);
});

test('nobody who was claimed ahead leaves after the provider asked for a pause', async () => {
  const { end, sentAtMs } = await quickRun({
    answer: (atMs) => (atMs >= 1_000 && atMs < 1_016 ? THROTTLED : ACCEPTED),
  });
  expect(end).toMatchObject({ accepted: 2_000, halt: null });
  const throttledAtMs = sentAtMs.find((atMs) => atMs >= 1_000) ?? 0;
  expect(sentAtMs.filter((atMs) => atMs > throttledAtMs + 3 && atMs < throttledAtMs + 5_000)).toEqual([]);
});

test('nobody leaves in the middle of a wait because a provider that hung has a place again', async () => {
  const { end, sentAtMs } = await quickRun({
    latencyMs: (atMs) => (atMs >= 1_000 && atMs < 1_100 ? 10_000 : 3),
    gates: (beganAt) => [closedBetween(1_200, 60_000, beganAt)],
  });
  expect(end).toMatchObject({ accepted: 2_000, halt: null });
  expect(sentAtMs.filter((atMs) => atMs >= 1_250 && atMs < 60_000)).toEqual([]);
});
