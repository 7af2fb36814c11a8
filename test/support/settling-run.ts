import { onTestFinished } from 'vitest';
import type { Resend } from '../../src/core/absence.js';
import { Breaker } from '../../src/core/breaker.js';
import type { ClaimedDelivery } from '../../src/core/delivery.js';
import type { CampaignRecord } from '../../src/core/ledger/campaigns.js';
import type { ListedSend } from '../../src/core/match.js';
import { NO_ANSWER, type Outcome } from '../../src/core/outcome.js';
import type { Gate, Wait } from '../../src/core/ports.js';
import { ok, type Problem } from '../../src/core/problem.js';
import type { ReconcileReport } from '../../src/core/reconcile-report.js';
import { RunClock } from '../../src/ledger/sql/run-clock.js';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';
import { settlingIn } from '../../src/ledger/sqlite/reconcile-ledger.js';
import { SqliteRunLedger, writingHere } from '../../src/ledger/sqlite/run-ledger.js';
import { startRun } from '../../src/ledger/sqlite/runs.js';
import { ConnectionBreaker } from '../../src/run/connection-breaker.js';
import { ControlPoller } from '../../src/run/control-poller.js';
import { deliver } from '../../src/run/deliver.js';
import type { Delivered } from '../../src/run/deliver-ports.js';
import { RunLimit } from '../../src/run/run-limit.js';
import type { ControlMaker } from '../../src/run/settle-uncertain.js';
import { SettlingBeside } from '../../src/run/settling-beside.js';
import { PacedThrottle } from '../../src/throttle/throttle.js';
import { listed, TestList } from '../run/reconcile-world.js';
import { VirtualTime } from '../simulation/virtual-time.js';
import { attempted, campaignIn, DAY, emptyLedger, importRows, recipient } from './filled-ledger.js';

const MINUTE = 60_000;
/** `uncertain.settle` and `timeout` of the campaign. */
export const POLICY = { settleMs: 15 * MINUTE, timeoutMs: MINUTE };
export const ACCEPTED: Outcome = {
  kind: 'accepted',
  contactId: null,
  answer: { httpStatus: 200, errorCode: null, errorMessage: null },
};
export const NO_WORD: Outcome = { kind: 'uncertain', reason: 'no-answer', answer: NO_ANSWER };

/** One `send`. */
export interface SettlingRun {
  readonly ratePerSecond?: number;
  readonly resend?: Resend;
  /** `uncertain.settle`; left out: that of `POLICY`. */
  readonly settleMs?: number;
  readonly limit?: number | null;
  readonly answer?: (delivery: ClaimedDelivery, atMs: number) => Outcome;
  readonly control?: ControlMaker | null;
  /** A person stops the run after so many milliseconds. */
  readonly stopAfterMs?: number;
  readonly gates?: (beside: SettlingBeside) => readonly Gate[];
  /** Stands in the ledger's place. */
  readonly db?: LedgerDatabase;
}

/** What a run came to. Moments are virtual milliseconds since its beginning. */
export interface SettledRun {
  readonly delivered: Delivered;
  readonly sentAtMs: readonly number[];
  readonly tookMs: number;
  readonly reports: readonly ReconcileReport[];
  readonly problems: readonly Problem[];
  readonly waits: readonly Wait['code'][];
}

/** A ledger, a list and a time that outlive the processes. */
export class SettlingPlace {
  readonly time = new VirtualTime();
  readonly db = emptyLedger();
  readonly list = new TestList();
  readonly campaign: CampaignRecord;

  private constructor() {
    onTestFinished(this.time.install());
    this.campaign = campaignIn(this.db);
  }

  /** So many people are to be sent to. */
  static async with(people: number): Promise<SettlingPlace> {
    const place = new SettlingPlace();
    const rows = Array.from({ length: people }, (_, index) => recipient(index + 2));
    await importRows(place.db, place.campaign, rows);
    return place;
  }

  phone(index: number): string {
    return recipient(index + 2).phone;
  }

  /** What became of a person so long ago. */
  was(index: number, status: 'uncertain' | 'accepted', agoMs: number): void {
    const at = this.time.clock.now() - agoMs;
    attempted(this.db, this.campaign, this.phone(index), status, at);
    this.db
      .prepare(`INSERT INTO run_clocks SELECT max(id), 0, ?, 'boot', ?, NULL FROM runs`)
      .run(at, this.time.nowMs - agoMs);
  }

  /** The record of a message to a person, created so long ago. */
  record(index: number, agoMs: number): ListedSend {
    const names = { templates: ['sale_es'], campaignNames: ['Sale'] };
    return listed(this.phone(index), this.time.clock.now() - agoMs, names);
  }

  /** The list reaches behind everything that the ledger knows. */
  #oldRecord(): ListedSend {
    return { ...listed('51970000000', this.time.clock.now() - 2 * DAY), id: 'old' };
  }

  /** So many records that are nobody's here. */
  strangers(count: number): readonly ListedSend[] {
    return Array.from({ length: count }, (_, index) => listed(`5198${index}`.padEnd(11, '0'), 0));
  }

  statusOf(index: number): string {
    const find = 'SELECT status FROM deliveries WHERE person = ?';
    return String(this.db.prepare(find).pluck().get(this.phone(index)));
  }

  /** One process, from its begin to its end. */
  async run(run: SettlingRun = {}): Promise<SettledRun> {
    const { time, campaign } = this;
    const { ratePerSecond = 10, resend = 'yes', limit = null, control = null, db = this.db } = run;
    const { settleMs = POLICY.settleMs } = run;
    time.processBegins();
    const { clock } = time;
    const beganMs = time.nowMs;
    const at = clock.now();
    const stop = new AbortController();
    if (run.stopAfterMs !== undefined) time.later(run.stopAfterMs, () => stop.abort());
    const runId = startRun(db, campaign.id, { pid: 1, host: 'h', at, ratePerSecond });
    const reports: ReconcileReport[] = [];
    const problems: Problem[] = [];
    const waits: Wait['code'][] = [];
    const sentAtMs: number[] = [];
    const scope = { campaignId: campaign.id, workspace: 'ws', sender: 'sender' };
    const readClocks = () => ({
      at: clock.now(),
      bootId: 'boot',
      monotonicMs: time.nowMs,
      providerOffsetMs: null,
    });
    const started = { runId, campaignId: campaign.id, workspace: 'ws', limit: null };
    const ledger = new SqliteRunLedger(db, started, writingHere(db, started), new RunClock(readClocks));
    this.list.records = [...this.list.records.filter(({ id }) => id !== 'old'), this.#oldRecord()];
    const beside = new SettlingBeside(
      {
        ledger: settlingIn(db, scope, readClocks),
        list: this.list,
        clock,
        control,
        observer: {
          reading: () => undefined,
          settled: (report) => reports.push(report),
          failed: (found) => problems.push(...found),
        },
        stop: stop.signal,
      },
      { policy: { ...POLICY, settleMs }, resend, by: 'tester' },
    );
    const concurrency = 4;
    const ends: unknown[] = [];
    const running = (async () => {
      beside.begin();
      const delivered = await deliver({
        ledger,
        sender: {
          send: (delivery) => {
            sentAtMs.push(time.nowMs - beganMs);
            return Promise.resolve(run.answer?.(delivery, time.nowMs - beganMs) ?? ACCEPTED);
          },
        },
        throttle: new PacedThrottle({
          limitPerSecond: ratePerSecond,
          startPerSecond: null,
          concurrency,
          clock,
        }),
        gates: [beside, ...(run.gates?.(beside) ?? [])],
        breaker: new Breaker({ failures: 1, over: 100, uncertain: 3 }),
        connections: new ConnectionBreaker('http://127.0.0.1'),
        control: new ControlPoller(ledger, clock, false),
        observer: {
          claimed: () => undefined,
          recorded: () => undefined,
          waiting: (wait) => wait !== null && waits.push(wait.code),
        },
        concurrency,
        limit: new RunLimit(limit),
        policy: { attempts: 3 },
        clock,
        chance: () => 0,
        stop: stop.signal,
        turn: () => clock.sleep(0),
      });
      await beside.close(delivered.halt === null && !delivered.interrupted);
      await ledger.end(clock.now(), delivered.halt, 'finished');
      return delivered;
    })();
    const ended = running.then(ok, (error: unknown) => error).then((end) => ends.push(end));
    await time.runUntil(() => ends.length > 0, 200_000);
    await ended;
    const tookMs = time.nowMs - beganMs;
    time.processEnds();
    return { delivered: await running, sentAtMs, tookMs, reports, problems, waits };
  }
}
