import { describe, expect, onTestFinished, test } from 'vitest';
import { Breaker } from '../../src/core/breaker.js';
import type { Dispatch } from '../../src/core/delivery.js';
import { NO_ANSWER, type Outcome } from '../../src/core/outcome.js';
import { SqliteRunLedger } from '../../src/ledger/run-ledger.js';
import { startRun } from '../../src/ledger/runs.js';
import { ConnectionWatch } from '../../src/run/connection-watch.js';
import { ControlWatch } from '../../src/run/control-watch.js';
import { type Delivered, deliver } from '../../src/run/deliver.js';
import { RunLimit } from '../../src/run/run-limit.js';
import { ThrottlingWatch } from '../../src/run/throttling-watch.js';
import { PacedThrottle } from '../../src/throttle/throttle.js';
import { VirtualTime } from '../simulation/virtual-time.js';
import { campaignIn, emptyLedger, importRows, NOON, recipient } from '../support/filled-ledger.js';

const MINUTE = 60_000;
const ACCEPTED: Outcome = { kind: 'accepted', contactId: 'c', answer: NO_ANSWER };
const REFUSED: Outcome = { kind: 'refused', reason: 'not-on-whatsapp', answer: NO_ANSWER };
const UNCERTAIN: Outcome = { kind: 'uncertain', reason: 'unclear-answer', answer: NO_ANSWER };

function throttled(scope: 'everyone' | 'person', retryAfterMs: number | null): Outcome {
  const answer = { httpStatus: 429, errorCode: null, errorMessage: 'Slow down.' };
  return { kind: 'deferred', scope, throttled: true, retryAfterMs, answer };
}

const SLOWER = throttled('everyone', 0);

describe('throttle answers without an acceptance', () => {
  /** Which of these answers, one per minute, halt. */
  const halts = (outcomes: readonly Outcome[], everyMs = MINUTE): readonly number[] => {
    const watch = new ThrottlingWatch();
    return outcomes.flatMap((outcome, index) =>
      watch.record(outcome, index * everyMs) === null ? [] : [index],
    );
  };
  const many = (count: number): readonly Outcome[] => Array.from({ length: count }, () => SLOWER);

  test('halt the run after a quarter of an hour, and say what was answered', () => {
    expect(halts(many(16))).toEqual([15]);
    const watch = new ThrottlingWatch();
    for (let minute = 0; minute < 15; minute += 1) watch.record(SLOWER, minute * MINUTE);
    expect(watch.record(SLOWER, 15 * MINUTE + 59_000)).toEqual({
      code: 'halt.throttled',
      params: { minutes: 15, detail: 'Slow down.' },
    });
  });

  test('need five rounds: what left together is one', () => {
    expect(halts(many(5), 15 * MINUTE)).toEqual([4]);
    const watch = new ThrottlingWatch();
    for (let atMs = 0; atMs < 16; atMs += 1) watch.record(SLOWER, atMs);
    expect(watch.record(SLOWER, 20 * MINUTE)).toBeNull();
  });

  test.each([
    ['an acceptance', ACCEPTED, []],
    ['a refusal', REFUSED, []],
    ['an uncertain outcome', UNCERTAIN, [15, 16, 17, 18, 19, 20]],
  ])('%s in between', (_what, outcome, expected) => {
    expect(halts([...many(10), outcome, ...many(10)])).toEqual(expected);
  });

  test('of one person alone count, too', () => {
    expect(halts(Array.from({ length: 16 }, () => throttled('person', null)))).toEqual([15]);
  });

  test('from before another wait of the run are forgotten', () => {
    const watch = new ThrottlingWatch();
    for (let minute = 0; minute < 10; minute += 1) watch.record(SLOWER, minute * MINUTE);
    watch.forget();
    expect(watch.record(SLOWER, 600 * MINUTE)).toBeNull();
  });
});

/** Runs a campaign of so many people under virtual time, to its end. */
async function delivered(
  people: number,
  ratePerSecond: number,
  answer: (dispatch: Dispatch) => Outcome,
): Promise<{ readonly end: Delivered; readonly tookMs: number; readonly pending: number }> {
  const time = new VirtualTime();
  onTestFinished(time.install());
  time.processBegins();
  const db = emptyLedger();
  const campaign = campaignIn(db);
  await importRows(
    db,
    campaign,
    Array.from({ length: people }, (_, index) => recipient(index + 2)),
  );
  const runId = startRun(db, campaign.id, { pid: 1, host: 'h', at: NOON, ratePerSecond });
  const ledger = new SqliteRunLedger(db, { runId, campaignId: campaign.id, workspace: 'ws', limit: null });
  const { clock } = time;
  let end: Delivered | null = null;
  void deliver({
    ledger,
    sender: { send: (dispatch) => Promise.resolve(answer(dispatch)) },
    throttle: new PacedThrottle({ limitPerSecond: ratePerSecond, startPerSecond: null, clock }),
    gates: [],
    breaker: new Breaker({ failures: 0.5, over: 100, uncertain: 50 }),
    connections: new ConnectionWatch('http://127.0.0.1'),
    control: new ControlWatch(ledger, clock, false),
    observer: { claimed: () => undefined, settled: () => undefined, waiting: () => undefined },
    concurrency: 4,
    limit: new RunLimit(null),
    policy: { attempts: 3 },
    clock,
    chance: () => 0,
    stop: new AbortController().signal,
    turn: () => clock.sleep(0),
  }).then((result) => {
    end = result;
  });
  await time.runUntil(() => end !== null, 100_000);
  const { pending } = await ledger.counts();
  if (end === null) throw new Error('no end');
  return { end, tookMs: time.nowMs, pending };
}

describe('a run against a provider that throttles', () => {
  test.each([
    ['without Retry-After', null],
    ['with Retry-After: 0', 0],
    ['with Retry-After: 60', MINUTE],
    ['with Retry-After: 900', 15 * MINUTE],
  ])('for ever, %s, ends with everybody pending', async (_what, retryAfterMs) => {
    const { end, tookMs, pending } = await delivered(20, 10, () => throttled('everyone', retryAfterMs));
    expect(end).toMatchObject({ accepted: 0, halt: { code: 'halt.throttled' } });
    expect(pending).toBe(20);
    expect(tookMs).toBeGreaterThanOrEqual(15 * MINUTE);
    expect(tookMs).toBeLessThan(70 * MINUTE);
  });

  test('one person for ever ends, after everybody else was accepted', async () => {
    const { end, tookMs, pending } = await delivered(20, 10, ({ deliveryId }) =>
      deliveryId === 7 ? throttled('person', null) : ACCEPTED,
    );
    expect(end).toMatchObject({ accepted: 19, halt: { code: 'halt.throttled' } });
    expect(pending).toBe(1);
    expect(tookMs).toBeLessThan(30 * MINUTE);
  });

  test('again and again, but takes one now and then, is sent to until the end', async () => {
    let asked = 0;
    const { end, tookMs } = await delivered(8, 1, () => {
      asked += 1;
      return asked % 2 === 0 ? ACCEPTED : throttled('everyone', MINUTE);
    });
    expect(end).toMatchObject({ accepted: 8, halt: null });
    expect(tookMs).toBeGreaterThan(15 * MINUTE);
  });
});
