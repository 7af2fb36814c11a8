import { describe, expect, test } from 'vitest';
import { lookWithoutLedger } from '../../src/core/ledger/no-ledger.js';
import { PlannedMessages } from '../../src/core/planned-messages.js';
import { recipient } from '../support/sends.js';

const ANA = '51987654321';
const EVA = '51987654322';

describe('what a file plans for a person', () => {
  test('ends at the limit, counting what she got before', () => {
    const planned = new PlannedMessages({ count: 3, perMs: 1_000 });
    expect([1, 1, 1].map((received) => planned.plan(ANA, received))).toEqual([true, true, false]);
    expect([0, 0, 0, 0].map((received) => planned.plan(EVA, received))).toEqual([true, true, true, false]);
    expect(planned.plan('51987654323', 3)).toBe(false);
  });

  test('has no end without a limit', () => {
    const planned = new PlannedMessages(null);
    expect([9, 9].map((received) => planned.plan(ANA, received))).toEqual([true, true]);
  });

  test('is counted before there is a ledger, too', async () => {
    const look = lookWithoutLedger({ suppressed: new Set(), limit: { count: 1, perMs: 1_000 } });
    const rows = [recipient(0, { key: 'A' }), recipient(0, { key: 'B', line: 3 }), recipient(1, { line: 4 })];
    const verdicts = rows.map((row) => ({ kind: 'recipient', recipient: row }) as const);
    expect(await look.standings(verdicts)).toEqual([
      { kind: 'new' },
      { kind: 'held-back', reason: 'capped' },
      { kind: 'new' },
    ]);
  });
});
