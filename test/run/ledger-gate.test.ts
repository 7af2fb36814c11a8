import { describe, expect, test } from 'vitest';
import type { ClaimedDelivery } from '../../src/core/delivery.js';
import { ok } from '../../src/core/problem.js';
import { type GuardedLedger, LedgerGate } from '../../src/run/ledger-gate.js';
import { unwritable } from '../../src/state/state-file.js';

type Noted = ReturnType<GuardedLedger['begin']>;

class TestLedger implements GuardedLedger {
  readonly path = '/data/plazcast.db';
  readonly told: string[] = [];
  there = true;
  answer: Noted = ok(null);

  begin(): Noted {
    this.told.push('begin');
    return this.answer;
  }

  isThere(): boolean {
    return this.there;
  }

  mark(attemptId: number): Noted {
    this.told.push(`mark ${attemptId}`);
    return this.answer;
  }
}

const OPEN = { kind: 'open', atMost: null };
const UNWRITABLE = unwritable('/state', Object.assign(new Error('read-only'), { code: 'EROFS' }));
const STATE_HALT = { code: 'halt.state-unwritable', params: { folder: '/state', detail: 'EROFS' } };

function claimOf(...attemptIds: readonly number[]): readonly ClaimedDelivery[] {
  return attemptIds.map((attemptId) => ({ attemptId }) as ClaimedDelivery);
}

describe('the gate before a ledger', () => {
  test('lets through while the ledger is there, and tells the last attempt of every claim', async () => {
    const ledger = new TestLedger();
    const gate = new LedgerGate(ledger);
    for (const claim of [claimOf(1, 3, 2), claimOf(4)]) {
      expect(await gate.check()).toEqual(OPEN);
      gate.claimed(claim);
    }
    expect(ledger.told).toEqual(['begin', 'mark 3', 'mark 4']);
    expect(gate.verdict()).toBeNull();
  });

  test('halts when the ledger is gone, and does not let through again when it is back', async () => {
    const ledger = new TestLedger();
    const gate = new LedgerGate(ledger);
    ledger.there = false;
    const halt = { code: 'halt.ledger-gone', params: { file: ledger.path } };
    expect(await gate.check()).toEqual({ kind: 'halt', halt });
    ledger.there = true;
    expect(gate.verdict()).toEqual(halt);
  });

  test('halts before the first claim when nothing can be remembered', async () => {
    const ledger = new TestLedger();
    ledger.answer = UNWRITABLE;
    expect(await new LedgerGate(ledger).check()).toEqual({ kind: 'halt', halt: STATE_HALT });
  });

  test('halts before the next claim when an attempt cannot be remembered', async () => {
    const ledger = new TestLedger();
    const gate = new LedgerGate(ledger);
    expect(await gate.check()).toEqual(OPEN);
    ledger.answer = UNWRITABLE;
    gate.claimed(claimOf(1));
    expect(await gate.check()).toEqual({ kind: 'halt', halt: STATE_HALT });
  });
});
