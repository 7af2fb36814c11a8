import { expect, test } from 'vitest';
import type { Clock } from '../../../src/core/clock.js';
import { Pulse } from '../../../src/web/watch/pulse.js';

/** A clock that goes on only when it is told to. */
function handClock(): Clock & { forward(ms: number): Promise<void> } {
  let nowMs = 0;
  const sleepers: { readonly untilMs: number; readonly wake: () => void }[] = [];
  return {
    now: () => nowMs,
    monotonicMs: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((wake) => {
        signal?.addEventListener('abort', () => wake());
        sleepers.push({ untilMs: nowMs + ms, wake });
      }),
    forward: async (ms) => {
      nowMs += ms;
      for (const { untilMs, wake } of sleepers) if (untilMs <= nowMs) wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** Whether it is told that the ledger does not answer after just that long. */
async function givesUpAfter(pulse: Pulse, clock: ReturnType<typeof handClock>, ms: number): Promise<boolean> {
  let told: boolean | null = null;
  void pulse.answers().then((answers) => {
    told = answers;
  });
  await clock.forward(ms - 1);
  const early = told;
  await clock.forward(1);
  return early === null && told === false;
}

test('a ledger that takes longer than anybody should wait does not answer', async () => {
  const clock = handClock();
  const answers = [Promise.resolve(true)];
  const pulse = new Pulse(() => answers.pop() ?? new Promise(() => undefined), clock);
  expect(await pulse.answers()).toBe(true);
  await clock.forward(1_000);
  expect(await givesUpAfter(pulse, clock, 150)).toBe(true);
});

test('a server that has just started is given the time to open its ledger', async () => {
  const clock = handClock();
  const pulse = new Pulse(() => new Promise(() => undefined), clock);
  expect(await givesUpAfter(pulse, clock, 2_000)).toBe(true);
});

test('it is asked once, however many want to know, and again after a second', async () => {
  const clock = handClock();
  const asked: ((answers: boolean) => void)[] = [];
  const pulse = new Pulse(() => new Promise((resolve) => asked.push(resolve)), clock);
  const all = Promise.all([pulse.answers(), pulse.answers()]);
  asked[0]?.(true);
  expect(await all).toEqual([true, true]);
  await clock.forward(999);
  expect(await pulse.answers()).toBe(true);
  expect(asked).toHaveLength(1);
  await clock.forward(1);
  const later = pulse.answers();
  asked[1]?.(false);
  expect(await later).toBe(false);
});

test('one that comes late is heard by the next who asks', async () => {
  const clock = handClock();
  const asked: ((answers: boolean) => void)[] = [];
  const pulse = new Pulse(() => new Promise((resolve) => asked.push(resolve)), clock);
  const first = pulse.answers();
  await clock.forward(2_000);
  expect(await first).toBe(false);
  asked[0]?.(true);
  await clock.forward(1);
  expect(await pulse.answers()).toBe(true);
});

test('what is thrown is a no, and is not thrown on', async () => {
  const pulse = new Pulse(() => Promise.reject(new Error('gone')), handClock());
  expect(await pulse.answers()).toBe(false);
});
