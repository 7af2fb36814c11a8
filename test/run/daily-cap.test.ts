import { describe, expect, test } from 'vitest';
import { gatesIn } from '../../src/ledger/sqlite/gate-ledger.js';
import { DailyCapGate } from '../../src/run/daily-cap-gate.js';
import {
  attempted,
  campaignIn,
  DAY,
  emptyLedger,
  importRows,
  MINUTE,
  NOON,
  recipient,
} from '../support/filled-ledger.js';
import { dailyUse } from '../support/on-sqlite.js';

/** Two campaigns of one workspace and one of another; ten people each. */
async function world() {
  const db = emptyLedger();
  const [sale, news, other] = [
    campaignIn(db),
    campaignIn(db, { name: 'news' }),
    campaignIn(db, { workspace: 'ws-other' }),
  ] as const;
  const people = Array.from({ length: 10 }, (_, index) => recipient(index + 2));
  for (const campaign of [sale, news, other]) await importRows(db, campaign, people);
  const person = (index: number): string => people[index]?.person ?? '';
  return { db, sale, news, other, person };
}

describe('the daily use', () => {
  test('counts people, not messages, over all campaigns of the workspace', async () => {
    const { db, sale, news, other, person } = await world();
    attempted(db, sale, person(0), 'accepted', NOON);
    attempted(db, news, person(0), 'accepted', NOON + MINUTE);
    attempted(db, news, person(1), 'uncertain', NOON + 2 * MINUTE);
    attempted(db, other, person(2), 'accepted', NOON);
    expect(dailyUse(db, 'ws', 2, NOON + 3 * MINUTE).people).toBe(2);
  });

  test('leaves out who was refused', async () => {
    const { db, sale, person } = await world();
    attempted(db, sale, person(0), 'refused', NOON);
    expect(dailyUse(db, 'ws', 2, NOON + MINUTE)).toEqual({ people: 0, nextFreeAt: null });
  });

  test('moves: a person leaves 24 hours after the last message', async () => {
    const { db, sale, news, person } = await world();
    attempted(db, sale, person(0), 'accepted', NOON);
    attempted(db, sale, person(1), 'accepted', NOON + MINUTE);
    attempted(db, news, person(0), 'accepted', NOON + 5 * MINUTE);
    expect(dailyUse(db, 'ws', 2, NOON + 10 * MINUTE)).toEqual({ people: 2, nextFreeAt: NOON + MINUTE + DAY });
    expect(dailyUse(db, 'ws', 2, NOON + MINUTE + DAY - 1).people).toBe(2);
    expect(dailyUse(db, 'ws', 2, NOON + MINUTE + DAY).people).toBe(1);
    expect(dailyUse(db, 'ws', 2, NOON + 5 * MINUTE + DAY).people).toBe(0);
  });

  test('says when it is below a cap that was lowered under it', async () => {
    const { db, sale, person } = await world();
    for (const index of [0, 1, 2, 3]) attempted(db, sale, person(index), 'accepted', NOON + index * MINUTE);
    const free = [5, 4, 3, 2, 1].map((cap) => dailyUse(db, 'ws', cap, NOON + 5 * MINUTE).nextFreeAt);
    expect(free).toEqual([null, ...[0, 1, 2, 3].map((index) => NOON + index * MINUTE + DAY)]);
  });

  test('finds its day among the attempts of years', async () => {
    const { db, sale, person } = await world();
    for (let index = 0; index < 8; index += 1)
      attempted(db, sale, person(index), 'accepted', NOON + index * DAY);
    expect(dailyUse(db, 'ws', 2, NOON + 7 * DAY + MINUTE).people).toBe(1);
  });
});

describe('the daily cap', () => {
  async function capped(perDay: number, noWait = false) {
    const { db, sale, person } = await world();
    for (const index of [0, 1, 2]) attempted(db, sale, person(index), 'accepted', NOON + index * MINUTE);
    return new DailyCapGate(gatesIn(db, sale.id, 'ws'), perDay, noWait);
  }

  test('lets out what is left of it', async () => {
    const gate = await capped(5);
    expect(await gate.check(NOON + 10 * MINUTE)).toEqual({ kind: 'open', atMost: 2 });
  });

  test('takes off what left, without a new count', async () => {
    const gate = await capped(5);
    await gate.check(NOON + 10 * MINUTE);
    gate.claimed([{}] as never);
    expect(await gate.check(NOON + 10 * MINUTE + 1)).toEqual({ kind: 'open', atMost: 1 });
  });

  test('counts anew when the clock is set back, and not an hour later', async () => {
    const gate = await capped(5);
    await gate.check(NOON + 90 * MINUTE);
    gate.claimed([{}] as never);
    expect(await gate.check(NOON + 30 * MINUTE)).toEqual({ kind: 'open', atMost: 2 });
  });

  test('waits until the first person leaves the 24 hours', async () => {
    const gate = await capped(3);
    const untilAt = NOON + DAY;
    const wait = { code: 'wait.per-day', params: { until: untilAt }, untilAt };
    expect(await gate.check(NOON + 10 * MINUTE)).toEqual({ kind: 'wait', wait });
    expect(await gate.check(untilAt)).toEqual({ kind: 'open', atMost: 1 });
  });

  test('halts instead when asked to, and says the limit and the moment', async () => {
    const gate = await capped(3, true);
    const params = { limit: 3, until: NOON + DAY };
    expect(await gate.check(NOON + 10 * MINUTE)).toEqual({
      kind: 'halt',
      halt: { code: 'halt.per-day', params },
    });
  });

  test('below what was already sent waits until it is free again', async () => {
    const untilAt = NOON + 2 * MINUTE + DAY;
    const gate = await capped(1);
    expect(await gate.check(NOON + 10 * MINUTE)).toMatchObject({ kind: 'wait', wait: { untilAt } });
    expect(await gate.check(untilAt)).toMatchObject({ kind: 'open', atMost: 1 });
  });
});
