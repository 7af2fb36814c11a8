import { describe, expect, test } from 'vitest';
import type { Written } from '../../src/core/ports.js';
import { gatesIn } from '../../src/ledger/sqlite/gate-ledger.js';
import { CanaryGate } from '../../src/run/canary-gate.js';
import {
  attempted,
  campaignIn,
  emptyLedger,
  importRows,
  MINUTE,
  NOON,
  recipient,
} from '../support/filled-ledger.js';

const CANARY = { first: 2, waitMs: 10 * MINUTE, maxFailures: 0.5 };
const OPEN = { kind: 'open', atMost: null };
const BUSY: Written = {
  kind: 'failed',
  fatal: false,
  problem: { code: 'ledger.busy', params: { file: 'x' } },
};

async function world() {
  const db = emptyLedger();
  const campaign = campaignIn(db);
  const people = Array.from({ length: 8 }, (_, index) => recipient(index + 2));
  await importRows(db, campaign, people);
  const looks: number[] = [];
  const gate = (lookAtList: () => Promise<unknown> = () => Promise.resolve()) => {
    let nowMs = 0;
    const canary = new CanaryGate(
      CANARY,
      gatesIn(db, campaign.id, 'ws'),
      { monotonicMs: () => nowMs },
      async () => {
        looks.push(looks.length);
        await lookAtList();
        return { kind: 'written' };
      },
    );
    /** Both clocks go the same way unless `monotonicMs` says otherwise. */
    const check = (at: number, monotonicMs = at) => {
      nowMs = monotonicMs;
      return canary.check(at);
    };
    return { check };
  };
  const becomes = (
    index: number,
    status: 'accepted' | 'refused' | 'sending' | 'uncertain',
    at: number,
  ): void => attempted(db, campaign, people[index]?.person ?? '', status, at);
  const haltRun = (at: number): void => {
    const halt = JSON.stringify({ code: 'halt.canary', params: {} });
    db.prepare('UPDATE runs SET ended_at = ?, halt = ? WHERE id = (SELECT max(id) FROM runs)').run(at, halt);
  };
  return { db, campaign, gate, becomes, haltRun, looks };
}

describe('a canary', () => {
  test('lets out the first few, and then nobody while they are in flight', async () => {
    const { gate, becomes } = await world();
    const canary = gate();
    expect(await canary.check(NOON)).toEqual({ kind: 'open', atMost: 2 });
    becomes(0, 'accepted', NOON);
    expect(await canary.check(NOON)).toEqual({ kind: 'open', atMost: 1 });
    becomes(1, 'sending', NOON);
    expect(await canary.check(NOON)).toEqual({ kind: 'open', atMost: 0 });
  });

  test('waits after the last of them, then looks at the list, then lets all out for good', async () => {
    const { gate, becomes, looks, db } = await world();
    becomes(0, 'accepted', NOON);
    becomes(1, 'refused', NOON + MINUTE);
    const canary = gate();
    const untilAt = NOON + 11 * MINUTE;
    const wait = { code: 'wait.canary', params: { until: untilAt }, untilAt };
    expect(await canary.check(NOON + 2 * MINUTE)).toEqual({ kind: 'wait', wait });
    expect(looks).toHaveLength(0);
    expect(await canary.check(untilAt)).toEqual(OPEN);
    expect(await canary.check(untilAt + 1)).toEqual(OPEN);
    expect(looks).toHaveLength(1);
    expect(db.prepare('SELECT canary_passed_at FROM campaigns').pluck().get()).toBe(untilAt);
    expect(await gate().check(untilAt + 2)).toEqual(OPEN);
    expect(looks).toHaveLength(1);
  });

  test.each([-60 * MINUTE, 60 * MINUTE])(
    'waits as long as it should although the clock is set by %i ms meanwhile',
    async (wallMs) => {
      const { gate, becomes } = await world();
      becomes(0, 'accepted', NOON);
      becomes(1, 'accepted', NOON);
      const canary = gate();
      expect(await canary.check(NOON)).toMatchObject({ kind: 'wait' });
      const almost = NOON + 9 * MINUTE;
      const untilAt = almost + wallMs + MINUTE;
      expect(await canary.check(almost + wallMs, almost)).toMatchObject({ kind: 'wait', wait: { untilAt } });
      expect(await canary.check(untilAt, NOON + 10 * MINUTE)).toEqual(OPEN);
    },
  );

  test('waits no longer than it should after a run whose clock was ahead', async () => {
    const { gate, becomes } = await world();
    becomes(0, 'accepted', NOON + 60 * MINUTE);
    becomes(1, 'accepted', NOON + 60 * MINUTE);
    const wait = { kind: 'wait', wait: { untilAt: NOON + 10 * MINUTE } };
    expect(await gate().check(NOON)).toMatchObject(wait);
  });

  test('halts when too many failed', async () => {
    const { gate, becomes } = await world();
    becomes(0, 'refused', NOON);
    becomes(1, 'refused', NOON);
    const halt = { code: 'halt.canary', params: { failures: 2, first: 2 } };
    expect(await gate().check(NOON + 10 * MINUTE)).toEqual({ kind: 'halt', halt });
  });

  test('does not open while nobody knows what became of the first few', async () => {
    const { gate, becomes, db } = await world();
    becomes(0, 'uncertain', NOON);
    becomes(1, 'uncertain', NOON);
    const halt = { code: 'halt.canary', params: { failures: 2, first: 2 } };
    expect(await gate().check(NOON + 10 * MINUTE)).toEqual({ kind: 'halt', halt });
    expect(db.prepare('SELECT canary_passed_at FROM campaigns').pluck().get()).toBeNull();
  });

  test('opens when the list shows what became of the uncertain ones', async () => {
    const { gate, becomes, db } = await world();
    becomes(0, 'uncertain', NOON);
    becomes(1, 'uncertain', NOON);
    const canary = gate(() => {
      db.prepare("UPDATE deliveries SET status = 'accepted' WHERE status = 'uncertain'").run();
      return Promise.resolve();
    });
    expect(await canary.check(NOON + 10 * MINUTE)).toEqual(OPEN);
  });

  test('counts what the list calls failed, too', async () => {
    const { gate, becomes, db } = await world();
    becomes(0, 'accepted', NOON);
    becomes(1, 'accepted', NOON);
    const canary = gate(() => {
      db.prepare("UPDATE deliveries SET confirmation = 'failed' WHERE status = 'accepted'").run();
      return Promise.resolve();
    });
    expect(await canary.check(NOON + 10 * MINUTE)).toMatchObject({ kind: 'halt' });
  });

  test('that cannot be noted as good waits while the ledger is busy, and looks at the list once', async () => {
    let looks = 0;
    let failures = 2;
    const use = { passedAt: null, begun: 2, ended: 2, failed: 0, lastEndedAt: NOON };
    const ledger = {
      canaryUse: () => Promise.resolve(use),
      passCanary: (): Promise<Written> => {
        failures -= 1;
        return Promise.resolve(failures < 0 ? { kind: 'written' } : BUSY);
      },
    };
    const canary = new CanaryGate({ ...CANARY, waitMs: 0 }, ledger, { monotonicMs: () => 0 }, () => {
      looks += 1;
      return Promise.resolve(looks === 1 ? BUSY : { kind: 'written' });
    });
    const wait = { kind: 'wait', wait: { code: 'wait.ledger-busy' } };
    for (let check = 0; check < 3; check += 1) expect(await canary.check(NOON)).toMatchObject(wait);
    expect(await canary.check(NOON)).toEqual(OPEN);
    expect(looks).toBe(2);
  });

  test('that halted a run begins again with the next send, so that a person may go on', async () => {
    const { gate, becomes, haltRun } = await world();
    becomes(0, 'refused', NOON);
    becomes(1, 'refused', NOON);
    haltRun(NOON + 11 * MINUTE);
    const next = gate();
    expect(await next.check(NOON + 12 * MINUTE)).toEqual({ kind: 'open', atMost: 2 });
    becomes(2, 'accepted', NOON + 13 * MINUTE);
    becomes(3, 'accepted', NOON + 13 * MINUTE);
    expect(await next.check(NOON + 23 * MINUTE)).toEqual(OPEN);
  });
});
