import { expect, test } from 'vitest';
import { countsOf } from '../../src/core/counts.js';
import type { Plan } from '../../src/core/plan.js';
import type { RunLedger } from '../../src/core/ports.js';
import { type RunSteps, runCampaign } from '../../src/run/run-campaign.js';

/** A run that takes 3.2 s beside a question of a minute. `wallMs`: how far the clock is set meanwhile. */
async function tookMs(wallMs: number): Promise<number | null> {
  let now = 1_000;
  let monotonicMs = 0;
  const passes = (ms: number): void => {
    now += ms;
    monotonicMs += ms;
  };
  const counts = countsOf({ accepted: 3 }, 0);
  const ledger = {
    counts: async () => counts,
    end: async () => ({ kind: 'written' }),
  } as unknown as RunLedger;
  const steps: RunSteps = {
    now: () => now,
    monotonicMs: () => monotonicMs,
    ledgerBusy: async () => undefined,
    lock: async () => ({ ok: true, value: null }),
    open: async () => ({ ok: true, value: null }),
    recover: async () => undefined,
    plan: async () => {
      passes(200);
      return { ok: true, value: { counts } as Plan };
    },
    balance: async () => ({ imported: 3, counted: 3 }),
    objection: () => null,
    confirm: async () => {
      passes(60_000);
      return true;
    },
    own: async () => ({ ok: true, value: true }),
    begin: async () => ({ ok: true, value: ledger }),
    deliver: async () => {
      passes(3_000);
      now += wallMs;
      return { sent: 3, accepted: 3, halt: null, interrupted: false, fatal: null };
    },
  };
  const end = await runCampaign(steps);
  return end.kind === 'ran' ? end.tookMs : null;
}

test('the time that a question waits for its answer is no part of how long a run took', async () => {
  expect(await tookMs(0)).toBe(3_200);
});

test.each([-3_600_000, 3_600_000])(
  'a clock that is set by %i ms during a run changes nothing about how long it took',
  async (wallMs) => {
    expect(await tookMs(wallMs)).toBe(3_200);
  },
);
