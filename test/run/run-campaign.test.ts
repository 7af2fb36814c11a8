import { expect, test } from 'vitest';
import { countsOf } from '../../src/core/counts.js';
import type { Plan } from '../../src/core/plan.js';
import type { RunLedger } from '../../src/core/ports.js';
import { type RunSteps, runCampaign } from '../../src/run/run-campaign.js';

test('the time that a question waits for its answer is no part of how long a run took', async () => {
  let now = 1_000;
  const passes = (ms: number): void => {
    now += ms;
  };
  const counts = countsOf({ accepted: 3 }, 0);
  const ledger = {
    recover: async () => 0,
    counts: async () => counts,
    end: async () => ({ kind: 'written' }),
  } as unknown as RunLedger;
  const steps: RunSteps = {
    now: () => now,
    lock: async () => ({ ok: true, value: null }),
    begin: async () => ({ ok: true, value: ledger }),
    recovered: () => undefined,
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
    deliver: async () => {
      passes(3_000);
      return { sent: 3, accepted: 3, halt: null, interrupted: false, fatal: null };
    },
  };
  const end = await runCampaign(steps);
  expect(end.kind === 'ran' ? end.endedAt - end.startedAt : null).toBe(3_200);
});
