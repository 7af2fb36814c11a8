import { expect, test } from 'vitest';
import { eventLoopTurn, systemClock } from '../../src/cli/clock.js';
import { Breaker } from '../../src/core/breaker.js';
import type { Dispatch } from '../../src/core/delivery.js';
import type { Gate, LedgerFailure, RunLedger, Throttle } from '../../src/core/ports.js';
import { ConnectionWatch } from '../../src/run/connection-watch.js';
import { ControlWatch } from '../../src/run/control-watch.js';
import { deliver } from '../../src/run/deliver.js';
import type { Delivered } from '../../src/run/deliver-ports.js';
import { RunLimit } from '../../src/run/run-limit.js';

const DEAD: LedgerFailure = {
  kind: 'failed',
  fatal: true,
  problem: { code: 'ledger.io', params: { file: 'x', detail: 'y' } },
};

const DISPATCH: Dispatch = {
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
  giveBack: () => undefined,
  leave: (waiting) => Promise.resolve(waiting),
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
      const dispatches = claimed ? [] : [DISPATCH];
      claimed = true;
      return Promise.resolve({ kind: 'claimed', dispatches });
    },
    settle: ({ status }) => settled.push(status),
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
    connections: new ConnectionWatch('http://127.0.0.1'),
    control: new ControlWatch(ledger, systemClock, false),
    observer: {
      claimed: () => undefined,
      settled: () => undefined,
      waiting: () => undefined,
    },
    concurrency: 1,
    limit: new RunLimit(null),
    policy: { attempts: 3 },
    clock: systemClock,
    chance: () => 0,
    stop: new AbortController().signal,
    turn: eventLoopTurn,
  });
}

test('an error while looking for another terminal waits for what is in flight, and comes out in the end', async () => {
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let looks = 0;
  const control = (): Promise<'go'> => {
    looks += 1;
    if (looks < 2) return Promise.resolve('go');
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
