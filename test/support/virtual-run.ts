import { onTestFinished } from 'vitest';
import { Breaker } from '../../src/core/breaker.js';
import type { ClaimedDelivery } from '../../src/core/delivery.js';
import type { GateStore } from '../../src/core/ledger/ledger.js';
import { NEVER_LEFT, type Outcome } from '../../src/core/outcome.js';
import type { Gate } from '../../src/core/ports.js';
import { gatesIn } from '../../src/ledger/sqlite/gate-ledger.js';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';
import { SqliteRunLedger } from '../../src/ledger/sqlite/run-ledger.js';
import { startRun } from '../../src/ledger/sqlite/runs.js';
import { ConnectionBreaker } from '../../src/run/connection-breaker.js';
import { ControlPoller } from '../../src/run/control-poller.js';
import { deliver } from '../../src/run/deliver.js';
import type { Delivered } from '../../src/run/deliver-ports.js';
import { RunLimit } from '../../src/run/run-limit.js';
import { PacedThrottle } from '../../src/throttle/throttle.js';
import { VirtualTime } from '../simulation/virtual-time.js';
import { campaignIn, emptyLedger, importRows, NOON, recipient } from './filled-ledger.js';

/** What a run under virtual time is made of. */
export interface VirtualRun {
  readonly people: number;
  readonly ratePerSecond: number;
  /** Requests at a time; left out: 4. */
  readonly concurrency?: number;
  /** How long the provider takes; left out: no time at all. */
  readonly latencyMs?: (atMs: number) => number;
  /** @param atMs virtual milliseconds since the beginning, when the request left */
  readonly answer: (delivery: ClaimedDelivery, atMs: number) => Outcome;
  /** @param beganAt epoch milliseconds of the beginning */
  readonly gates?: (beganAt: number, ledger: GateStore) => readonly Gate[];
  /** Where people are; left out: all in one country. */
  readonly countries?: readonly string[];
  /** Most deliveries; left out: no limit. */
  readonly limit?: number;
  /** How long a connection takes to come about, after which the request is about to leave; left out: no time at all. */
  readonly connectMs?: (atMs: number) => number;
  /** Whether the run is still this machine's; left out: always. */
  readonly mayStillSend?: (atMs: number) => boolean;
  /** What somebody does in another terminal, by virtual milliseconds since the beginning. */
  readonly operator?: ReadonlyMap<number, (place: OperatedPlace) => void>;
}

/** What an operator acts on. */
export interface OperatedPlace {
  readonly db: LedgerDatabase;
  readonly campaignId: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Runs a campaign in a real ledger with the real throttle under virtual time, to its end; one per test. */
export async function virtualRun(run: VirtualRun) {
  const { people, ratePerSecond, concurrency = 4, latencyMs = () => 0, answer, gates, limit = null } = run;
  const time = new VirtualTime();
  onTestFinished(time.install());
  time.processBegins();
  const { clock } = time;
  const db = emptyLedger();
  const campaign = campaignIn(db);
  const { countries = [] } = run;
  const rows = Array.from({ length: people }, (_, index) => {
    const country = countries[index];
    return recipient(index + 2, country === undefined ? {} : { country });
  });
  await importRows(db, campaign, rows);
  const runId = startRun(db, campaign.id, { pid: 1, host: 'h', at: NOON, ratePerSecond });
  const ledger = new SqliteRunLedger(db, { runId, campaignId: campaign.id, workspace: 'ws', limit: null });
  const { mayStillSend } = run;
  if (mayStillSend !== undefined) ledger.mayStillSend = () => mayStillSend(time.nowMs);
  for (const [atMs, act] of run.operator ?? []) {
    time.later(atMs, () => act({ db, campaignId: campaign.id, at: clock.now() }));
  }
  const ends: Delivered[] = [];
  let claims = 0;
  const running = deliver({
    ledger,
    sender: {
      send: async (delivery, mayLeave) => {
        const connectMs = run.connectMs?.(time.nowMs) ?? 0;
        if (connectMs > 0) await clock.sleep(connectMs);
        if (!mayLeave(delivery)) return NEVER_LEFT;
        const outcome = answer(delivery, time.nowMs);
        const tookMs = latencyMs(time.nowMs);
        if (tookMs > 0) await clock.sleep(tookMs);
        return outcome;
      },
    },
    throttle: new PacedThrottle({
      limitPerSecond: ratePerSecond,
      startPerSecond: null,
      concurrency,
      clock,
    }),
    gates: gates?.(clock.now(), gatesIn(db, campaign.id, 'ws')) ?? [],
    breaker: new Breaker({ failures: 0.5, over: 100, uncertain: 50 }),
    connections: new ConnectionBreaker('http://127.0.0.1'),
    control: new ControlPoller(ledger, clock, false),
    observer: {
      claimed: () => {
        claims += 1;
      },
      recorded: () => undefined,
      waiting: () => undefined,
    },
    concurrency,
    limit: new RunLimit(limit),
    policy: { attempts: 3 },
    clock,
    chance: () => 0,
    stop: new AbortController().signal,
    turn: () => clock.sleep(0),
  });
  void running.then((end) => ends.push(end));
  await time.runUntil(() => ends.length > 0, 100_000);
  const end = await running;
  const tookMs = time.nowMs;
  await ledger.end(clock.now(), end.halt, 'finished');
  return { end, tookMs, counts: await ledger.counts(), claims, db };
}
