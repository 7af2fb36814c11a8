import { expect, test } from 'vitest';
import { senderThrottle } from '../../src/app/send/sender-throttle.js';
import { LONGEST_RETRY_AFTER_MS } from '../../src/core/backoff.js';
import { SqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.js';
import { systemClock } from '../../src/machine/clock.js';
import { PacedThrottle } from '../../src/throttle/throttle.js';
import { emptyLedger, NOON } from '../support/filled-ledger.js';

const CAMPAIGN = { ratePerSecond: 100, concurrency: 4 };

/** Runs of one sender, one after the other, at moments of the wall clock. */
function runsOfSender() {
  const { runs } = new SqliteLedger(emptyLedger());
  return (at: number) => {
    const clock = { ...systemClock, now: () => at };
    const begin = ({ limitPerSecond, pausedForMs, onPaused, onCut }: Start) =>
      Promise.resolve(
        new PacedThrottle({
          ...{ limitPerSecond, pausedForMs, onPaused, onCut, clock },
          startPerSecond: null,
          concurrency: 4,
        }),
      );
    return senderThrottle(runs, 'sender', CAMPAIGN, { clock, throttle: begin });
  };
}

type Start = Parameters<Parameters<typeof senderThrottle>[3]['throttle']>[0];

async function leftMs(run: Awaited<ReturnType<ReturnType<typeof runsOfSender>>>): Promise<number> {
  const { pausedUntilMs } = run.throttle.pace();
  await run.throttle.close();
  return pausedUntilMs === null ? 0 : pausedUntilMs - systemClock.monotonicMs();
}

test('a wait that the provider asked for holds for the next run, whatever became of the first', async () => {
  const runAt = runsOfSender();
  const killed = await runAt(NOON);
  killed.throttle.throttled(600_000);
  await killed.throttle.close();
  expect(await leftMs(await runAt(NOON + 60_000))).toBeCloseTo(540_000, -3);
  expect(await leftMs(await runAt(NOON + 600_000))).toBe(0);
});

test('a clock that is set keeps nobody waiting for longer than a run ever waits', async () => {
  const runAt = runsOfSender();
  const killed = await runAt(NOON);
  killed.throttle.throttled(LONGEST_RETRY_AFTER_MS);
  await killed.throttle.close();
  expect(await leftMs(await runAt(NOON - 3_600_000))).toBe(0);
  expect(await leftMs(await runAt(NOON))).toBeLessThanOrEqual(LONGEST_RETRY_AFTER_MS);
});
