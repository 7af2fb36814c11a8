import { expect, test } from 'vitest';
import { Breaker } from '../../src/core/breaker.js';
import type { ClaimedDelivery } from '../../src/core/delivery.js';
import type { Gate, LedgerFailure, RunLedger, Throttle, Wait } from '../../src/core/ports.js';
import { eventLoopTurn, systemClock } from '../../src/machine/clock.js';
import { ConnectionBreaker } from '../../src/run/connection-breaker.js';
import { ControlPoller } from '../../src/run/control-poller.js';
import { deliver } from '../../src/run/deliver.js';
import type { Delivered, DeliverPorts } from '../../src/run/deliver-ports.js';
import { RunLimit } from '../../src/run/run-limit.js';

const DEAD: LedgerFailure = {
  kind: 'failed',
  fatal: true,
  problem: { code: 'ledger.io', params: { file: 'x', detail: 'y' } },
};

const BUSY: LedgerFailure = {
  kind: 'failed',
  fatal: false,
  problem: { code: 'ledger.busy', params: { file: 'x' } },
};

const DISPATCH: ClaimedDelivery = {
  deliveryId: 1,
  attemptId: 1,
  phone: '51987654321',
  person: '51987654321',
  country: 'PE',
  bodyJson: '[]',
  headerJson: '[]',
  attachmentJson: null,
  transientRefusals: 0,
  deferrals: 0,
};

const THROTTLE: Throttle = {
  take: () => Promise.resolve(1),
  untilNextMs: () => 0,
  throttled: () => undefined,
  accepted: () => undefined,
  pace: () => ({ limitPerSecond: 10, currentPerSecond: 10, pausedUntilMs: null }),
};

/** A ledger with one delivery, in which something fails. */
function ledgerWith(failing: Partial<RunLedger>): RunLedger & { readonly settled: string[] } {
  const settled: string[] = [];
  let claimed = false;
  return {
    settled,
    recover: () => Promise.resolve(0),
    counts: () => Promise.reject(new Error('not asked for')),
    claim: () => {
      const deliveries = claimed ? [] : [DISPATCH];
      claimed = true;
      return Promise.resolve({ kind: 'claimed', deliveries });
    },
    mayStillSend: () => true,
    recordOutcome: ({ status }) => settled.push(status),
    flush: () => Promise.resolve({ kind: 'written' }),
    nextDueAt: () => Promise.resolve(null),
    control: () => Promise.resolve('go'),
    takenOut: () => Promise.resolve(0),
    showWaiting: () => Promise.resolve(),
    end: () => Promise.resolve({ kind: 'written' }),
    ...failing,
  };
}

function delivered(
  ledger: RunLedger,
  gates: readonly Gate[],
  answered: Promise<unknown>,
  otherwise: Partial<DeliverPorts> = {},
): Promise<Delivered> {
  return deliver({
    ledger,
    gates,
    throttle: THROTTLE,
    sender: {
      send: async () => {
        await answered;
        return {
          kind: 'accepted',
          contactId: null,
          answer: { httpStatus: 200, errorCode: null, errorMessage: null },
        };
      },
    },
    breaker: new Breaker({ failures: 1, over: 10, uncertain: 10 }),
    connections: new ConnectionBreaker('http://127.0.0.1'),
    control: new ControlPoller(ledger, systemClock, false),
    observer: {
      claimed: () => undefined,
      recorded: () => undefined,
      waiting: () => undefined,
    },
    concurrency: 1,
    limit: new RunLimit(null),
    policy: { attempts: 3 },
    clock: systemClock,
    chance: () => 0,
    stop: new AbortController().signal,
    turn: eventLoopTurn,
    ...otherwise,
  });
}

/** A clock whose sleeps are noted and take no time. */
function sleepless() {
  const sleeps: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    sleeps.push(ms);
    await eventLoopTurn();
  };
  return { sleeps, clock: { ...systemClock, sleep } };
}

/** Fails so many times because the ledger is busy, and then works. */
function busyFirst<T>(times: number, work: () => Promise<T>): () => Promise<T | LedgerFailure> {
  let failures = 0;
  return () => {
    failures += 1;
    return failures <= times ? Promise.resolve(BUSY) : work();
  };
}

test('a busy ledger is waited for, and no permit is used meanwhile', async () => {
  const plain = ledgerWith({});
  const claim = busyFirst(7, () => plain.claim(1, 0));
  const ledger = { ...plain, claim };
  const waits: (string | null)[] = [];
  let permits = 0;
  const throttle: Throttle = {
    ...THROTTLE,
    take: () => {
      permits += 1;
      return Promise.resolve(1);
    },
  };
  const observer = {
    claimed: () => undefined,
    recorded: () => undefined,
    waiting: (wait: Wait | null) => void waits.push(wait?.code ?? null),
  };
  const { clock } = sleepless();
  const end = await delivered(ledger, [], Promise.resolve(), { throttle, observer, clock });
  expect(end).toMatchObject({ sent: 1, accepted: 1, halt: null, fatal: null });
  expect(permits).toBe(1);
  expect(waits).toEqual([...new Array(7).fill('wait.ledger-busy'), null]);
});

test('outcomes are kept until a busy ledger takes them, also at the end of a run that was stopped', async () => {
  const stop = new AbortController();
  const plain = ledgerWith({});
  const flush = busyFirst(40, () => plain.flush());
  const recordOutcome: RunLedger['recordOutcome'] = (outcomeRecord) => {
    plain.recordOutcome(outcomeRecord);
    stop.abort();
  };
  const { clock } = sleepless();
  const ledger = { ...plain, flush, recordOutcome };
  const end = await delivered(ledger, [], Promise.resolve(), { clock, stop: stop.signal });
  expect(end).toMatchObject({ accepted: 1, interrupted: true, halt: null });
  expect(await flush()).toEqual({ kind: 'written' });
});

test('an error while looking for another terminal waits for what is in flight, and comes out in the end', async () => {
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let looks = 0;
  const control = (): Promise<'go'> => {
    looks += 1;
    // The first gate looks, too.
    if (looks < 3) return Promise.resolve('go');
    setImmediate(answer);
    return Promise.reject(new Error('a bug'));
  };
  const ledger = ledgerWith({ control });
  await expect(delivered(ledger, [], answered)).rejects.toThrow('a bug');
  expect(ledger.settled).toEqual(['accepted']);
});

test('a gate that waits for outcomes which the ledger can no longer take ends the run', async () => {
  let asked = 0;
  const waitsForOutcomes: Gate = {
    check: () => {
      asked += 1;
      return Promise.resolve({ kind: 'open', atMost: asked === 1 ? 1 : 0 });
    },
  };
  const ledger = ledgerWith({ flush: () => Promise.resolve(DEAD) });
  const end = await delivered(ledger, [waitsForOutcomes], Promise.resolve());
  expect(end).toMatchObject({ sent: 1, fatal: DEAD, halt: { code: 'halt.ledger-write' } });
});
