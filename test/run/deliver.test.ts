import { describe, expect, onTestFinished, test } from 'vitest';
import { ianaZones } from '../../src/campaign/zones.js';
import { Breaker } from '../../src/core/breaker.js';
import type { Schedule } from '../../src/core/campaign.js';
import type { ClaimedDelivery } from '../../src/core/delivery.js';
import { NO_ANSWER, type Outcome } from '../../src/core/outcome.js';
import type { Gate, RunObserver, Sender, Wait } from '../../src/core/ports.js';
import type { Recipient } from '../../src/core/recipient.js';
import { gatesIn } from '../../src/ledger/sqlite/gate-ledger.js';
import { SqliteRunLedger } from '../../src/ledger/sqlite/run-ledger.js';
import { startRun } from '../../src/ledger/sqlite/runs.js';
import { eventLoopTurn, systemClock } from '../../src/machine/clock.js';
import { ConnectionBreaker } from '../../src/run/connection-breaker.js';
import { ControlPoller } from '../../src/run/control-poller.js';
import { DailyCapGate } from '../../src/run/daily-cap-gate.js';
import { deliver } from '../../src/run/deliver.js';
import type { DeliverPorts } from '../../src/run/deliver-ports.js';
import { RunLimit } from '../../src/run/run-limit.js';
import { ScheduleGate } from '../../src/run/schedule-gate.js';
import { PacedThrottle } from '../../src/throttle/throttle.js';
import { campaignIn, emptyLedger, importRows, NOON, recipient } from '../support/filled-ledger.js';
import { cancelCampaign, pauseCampaign, resumeCampaign } from '../support/on-sqlite.js';

const ACCEPTED: Outcome = { kind: 'accepted', contactId: 'c', answer: NO_ANSWER };
const SLOWER: Outcome = {
  kind: 'deferred',
  scope: 'everyone',
  throttled: true,
  retryAfterMs: 300,
  answer: NO_ANSWER,
};
const ACCOUNT: Outcome = {
  kind: 'not-sent',
  onWire: true,
  halt: { code: 'halt.account', params: { detail: 'no' } },
  answer: NO_ANSWER,
};
/** At noon in UTC it is one o'clock in Madrid and seven in Lima. */
const clock = { ...systemClock, now: () => NOON };

/** A campaign in a real ledger, and a provider that answers as it is told. */
async function world(
  people: readonly Recipient[],
  answer: (delivery: ClaimedDelivery) => Promise<Outcome> | Outcome,
) {
  const db = emptyLedger();
  const campaign = campaignIn(db);
  await importRows(db, campaign, people);
  const runId = startRun(db, campaign.id, { pid: 1, host: 'h', at: NOON, ratePerSecond: 1_000 });
  const ledger = new SqliteRunLedger(db, { runId, campaignId: campaign.id, workspace: 'ws', limit: null });
  const throttle = new PacedThrottle({
    limitPerSecond: 10_000,
    startPerSecond: null,
    concurrency: 4,
    clock: systemClock,
  });
  onTestFinished(() => throttle.close());
  const seen = {
    now: 0,
    most: 0,
    phones: [] as string[],
    waits: [] as (Wait | null)[],
    onSend: (): void => undefined,
  };
  const sender: Sender = {
    send: async (delivery) => {
      seen.onSend();
      seen.phones.push(delivery.phone);
      seen.now += 1;
      seen.most = Math.max(seen.most, seen.now);
      const outcome = await answer(delivery);
      seen.now -= 1;
      return outcome;
    },
  };
  const observer: RunObserver = {
    claimed: () => undefined,
    recorded: () => undefined,
    waiting: (wait) => void seen.waits.push(wait),
  };
  const run = (ports: Partial<DeliverPorts> = {}) =>
    deliver({
      ledger,
      sender,
      throttle,
      gates: [],
      breaker: new Breaker({ failures: 0.5, over: 100, uncertain: 50 }),
      connections: new ConnectionBreaker('http://127.0.0.1'),
      control: new ControlPoller(ledger, systemClock, false),
      observer,
      concurrency: 4,
      limit: new RunLimit(null),
      policy: { attempts: 3 },
      clock,
      chance: () => 0,
      stop: new AbortController().signal,
      turn: eventLoopTurn,
      ...ports,
    });
  const gate = (schedule: Schedule, noWait: boolean): Gate => {
    const gateLedger = gatesIn(db, campaign.id, 'ws');
    return new ScheduleGate({
      schedule,
      campaignCountry: 'PE',
      zones: ianaZones(),
      ledger: gateLedger,
      noWait,
    });
  };
  return { db, campaign, ledger, seen, run, gate };
}

const people = (count: number): readonly Recipient[] =>
  Array.from({ length: count }, (_, index) => recipient(index + 2));

describe('delivering', () => {
  test('sends to everybody once, and never more at a time than there are places', async () => {
    const { run, seen, ledger } = await world(people(50), () => eventLoopTurn().then(() => ACCEPTED));
    expect(await run()).toEqual({ sent: 50, accepted: 50, halt: null, interrupted: false, fatal: null });
    expect([seen.phones.length, new Set(seen.phones).size]).toEqual([50, 50]);
    expect(seen.most).toBeLessThanOrEqual(4);
    expect(await ledger.counts()).toMatchObject({ accepted: 50, pending: 0, sending: 0 });
  });

  test('stops at a halt; what is in flight ends, and what met the halt is pending again', async () => {
    const { run, seen, ledger } = await world(people(50), ({ deliveryId }) =>
      deliveryId === 3 ? ACCOUNT : ACCEPTED,
    );
    const delivered = await run();
    expect(delivered.halt).toEqual({ code: 'halt.account', params: { detail: 'no' } });
    const { accepted, pending, sending } = await ledger.counts();
    expect([accepted, pending, sending]).toEqual([delivered.accepted, 50 - delivered.accepted, 0]);
    expect(seen.phones.length).toBe(delivered.sent);
    expect(delivered.sent).toBeLessThan(12);
  });

  test('what was claimed and has not left when a halt comes is pending again, and its attempt says so', async () => {
    const { run, seen, db } = await world(people(400), ({ deliveryId }) =>
      deliveryId === 200 ? ACCOUNT : eventLoopTurn().then(() => ACCEPTED),
    );
    await run({ concurrency: 16 });
    const attempts = db
      .prepare('SELECT on_wire, outcome, count(*) AS count FROM attempts GROUP BY 1, 2')
      .all();
    const known = attempts as { on_wire: number; outcome: string; count: number }[];
    const onWire = known.filter(({ on_wire }) => on_wire === 1);
    expect(onWire.reduce((sum, { count }) => sum + count, 0)).toBe(seen.phones.length);
    expect(known.filter(({ on_wire }) => on_wire === 0).map(({ outcome }) => outcome)).not.toContain(
      'in-flight',
    );
    expect(known.map(({ outcome }) => outcome)).not.toContain('in-flight');
  });

  test('at a high rate claims are large and come before there is a place; a halt puts back who waits', async () => {
    const { run, seen, ledger, db } = await world(people(2_000), ({ deliveryId }) =>
      deliveryId === 1_500 ? ACCOUNT : eventLoopTurn().then(() => ACCEPTED),
    );
    const throttle = new PacedThrottle({
      limitPerSecond: 1_000_000,
      startPerSecond: null,
      concurrency: 16,
      clock: systemClock,
    });
    onTestFinished(() => throttle.close());
    const claims: number[] = [];
    const claimed = (deliveries: readonly ClaimedDelivery[]): void => void claims.push(deliveries.length);
    const observer: RunObserver = { claimed, recorded: () => undefined, waiting: () => undefined };
    let monotonicMs = 0;
    const ticking = {
      ...clock,
      monotonicMs: () => {
        monotonicMs += 0.1;
        return monotonicMs;
      },
    };
    const { sent } = await run({ concurrency: 16, throttle, observer, clock: ticking });
    expect(claims.slice(10).every((size) => size >= 16)).toBe(true);
    expect(Math.max(...claims)).toBeLessThanOrEqual(8 * 16);
    expect(seen.most).toBe(16);
    const putBack = db
      .prepare("SELECT count(*) FROM attempts WHERE on_wire = 0 AND outcome = 'not-sent'")
      .pluck()
      .get();
    expect(putBack).toBeGreaterThan(0);
    const { accepted, pending, sending } = await ledger.counts();
    expect([accepted, pending, sending]).toEqual([sent - 1, 2_000 - sent + 1, 0]);
  });

  test('a gate that is closed by those it let through halts behind them', async () => {
    const { db, campaign, run, seen } = await world(people(50), () => ACCEPTED);
    const cap = new DailyCapGate(gatesIn(db, campaign.id, 'ws'), 3, true);
    const lateTurn = async (): Promise<void> => {
      for (let turn = 0; turn < 20; turn += 1) await eventLoopTurn();
    };
    expect(await run({ gates: [cap], turn: lateTurn })).toMatchObject({
      accepted: 3,
      halt: { code: 'halt.per-day' },
    });
    expect(seen.phones.length).toBe(3);
  });

  test('ends when a person wants it to: nothing new leaves, what is in flight is recorded', async () => {
    const stop = new AbortController();
    const { run, ledger } = await world(people(50), async ({ deliveryId }) => {
      if (deliveryId === 5) stop.abort();
      await eventLoopTurn();
      return ACCEPTED;
    });
    const delivered = await run({ stop: stop.signal });
    expect(delivered).toMatchObject({ interrupted: true, halt: null });
    expect(delivered.accepted).toBeLessThan(15);
    expect(await ledger.counts()).toMatchObject({ accepted: delivered.accepted, sending: 0 });
  });

  test('keeps to the limit of the run; one that never left gives its place to another', async () => {
    let failed = 0;
    const { run, ledger } = await world(people(20), () => {
      failed += 1;
      return failed === 1 ? { kind: 'not-sent', onWire: false, halt: null, answer: NO_ANSWER } : ACCEPTED;
    });
    expect(await run({ limit: new RunLimit(5) })).toMatchObject({ sent: 5, accepted: 5 });
    expect(await ledger.counts()).toMatchObject({ accepted: 5, pending: 15 });
  });

  test('shows a wait that the provider asks for, and that it is over', async () => {
    let asked = 0;
    const { run, seen, db } = await world(people(3), () => {
      asked += 1;
      return asked === 1 ? SLOWER : ACCEPTED;
    });
    const shown = db.prepare('SELECT waiting FROM campaigns').pluck();
    const running = run({ concurrency: 1, clock: systemClock });
    await expect.poll(() => JSON.parse(String(shown.get()))).toMatchObject({ code: 'wait.retry-after' });
    expect(seen.phones).toHaveLength(1);
    const later: unknown[] = [];
    seen.onSend = () => later.push(shown.get());
    expect(await running).toMatchObject({ accepted: 3, halt: null });
    expect(later).toEqual([null, null, null]);
    expect(seen.waits.map((wait) => wait?.code)).toContain('wait.retry-after');
  });

  test('throws what is a bug, after what was in flight is recorded', async () => {
    const { run, ledger } = await world(people(3), async ({ deliveryId }) => {
      if (deliveryId === 1) throw new Error('a bug');
      await eventLoopTurn();
      return ACCEPTED;
    });
    await expect(run()).rejects.toThrow('a bug');
    expect(await ledger.counts()).toMatchObject({ accepted: 2, sending: 1 });
  });
});

describe('with windows by country, when the open ones are served', () => {
  const mixed = [
    recipient(2, { country: 'ES' }),
    recipient(3),
    recipient(4, { country: 'ES' }),
    recipient(5),
  ];
  const window = { fromMinute: 9 * 60, toMinute: 20 * 60 };
  const schedule: Schedule = { notBefore: null, window, days: [1, 2, 3, 4, 5, 6, 7], timezone: 'recipient' };
  const opensAt = NOON + 2 * 60 * 60_000;

  test('the run halts for the others when it is not to wait', async () => {
    const { run, gate, ledger } = await world(mixed, () => ACCEPTED);
    const delivered = await run({ gates: [gate(schedule, true)] });
    expect(delivered).toMatchObject({
      accepted: 2,
      halt: { code: 'halt.window', params: { until: opensAt } },
    });
    expect(await ledger.counts()).toMatchObject({ accepted: 2, pending: 2 });
  });

  test('the run says that it waits for the others, and until when', async () => {
    const stop = new AbortController();
    const { run, gate, seen } = await world(mixed, () => ACCEPTED);
    const running = run({ gates: [gate(schedule, false)], stop: stop.signal });
    await expect
      .poll(() => seen.waits.at(-1))
      .toEqual({ code: 'wait.all-zones', params: { until: opensAt }, untilAt: opensAt });
    stop.abort();
    expect(await running).toMatchObject({ accepted: 2, interrupted: true });
  });
});

describe('another terminal', () => {
  test('pauses a run before its first message, and lets it go on', async () => {
    const { run, seen, db, campaign } = await world(people(400), () => eventLoopTurn().then(() => ACCEPTED));
    pauseCampaign(db, campaign.id, { by: 'maria', at: NOON });
    const running = run({ concurrency: 1 });
    await expect.poll(() => seen.waits.at(-1)?.code).toBe('wait.paused');
    expect(seen.phones).toEqual([]);
    resumeCampaign(db, campaign.id, { by: 'maria', at: NOON });
    expect(await running).toMatchObject({ accepted: 400, halt: null });
  });

  test('cancels what is left', async () => {
    const { run, db, campaign, ledger } = await world(people(200), async ({ deliveryId }) => {
      if (deliveryId === 20) cancelCampaign(db, campaign.id, { by: 'maria', at: NOON });
      return ACCEPTED;
    });
    const delivered = await run();
    await ledger.end(NOON, null, 'finished');
    const counts = await ledger.counts();
    expect(counts).toMatchObject({
      accepted: delivered.accepted,
      skipped: 200 - delivered.accepted,
      pending: 0,
    });
    expect(delivered.accepted).toBeLessThan(40);
  });
});
