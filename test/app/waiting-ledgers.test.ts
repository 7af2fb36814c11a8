import { expect, test } from 'vitest';
import { waitingLedgers } from '../../src/app/waiting-ledgers.js';
import type { Ledger, Ledgers } from '../../src/core/ledger/ledger.js';
import { ok } from '../../src/core/problem.js';
import { unwrapped } from '../support/results.js';

/** Ledgers of which another program writes for ever, and what was done with them. */
function heldForEver() {
  const done: string[] = [];
  const ledger = {
    file: 'plazcast.db',
    isHeld: async (waitMs: number) => {
      done.push(`asked for ${waitMs} ms`);
      return true;
    },
    close: async () => void done.push('closed'),
  } as unknown as Ledger;
  let nowMs = 0;
  const clock = {
    monotonicMs: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms;
    },
  };
  const ledgers = waitingLedgers({ open: async () => ok(ledger) } as unknown as Ledgers, clock);
  return { ledgers, ledger, done };
}

test('who only looks something up waits for nobody', async () => {
  const { ledgers, ledger, done } = heldForEver();
  expect(unwrapped(await ledgers.open('plazcast.db', 'read'))).toBe(ledger);
  expect(done).toEqual([]);
});

test('a ledger that stays busy is told as that, and is closed', async () => {
  const { ledgers, done } = heldForEver();
  await expect(ledgers.open('plazcast.db', 'existing')).rejects.toMatchObject({
    problem: { code: 'ledger.busy', params: { file: 'plazcast.db' } },
  });
  expect([done[0], done.at(-1)]).toEqual(['asked for 0 ms', 'closed']);
});
