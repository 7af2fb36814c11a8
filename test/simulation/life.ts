import { Breaker } from '../../src/core/breaker.js';
import type { Clock } from '../../src/core/clock.js';
import type { Dispatch } from '../../src/core/delivery.js';
import type { Outcome } from '../../src/core/outcome.js';
import type { Plan } from '../../src/core/plan.js';
import type { Claim, RunLedger, RunObserver, Throttle } from '../../src/core/ports.js';
import { ok, type Result } from '../../src/core/problem.js';
import type { RowVerdict } from '../../src/core/recipient.js';
import type { ProviderList } from '../../src/core/reconcile-ports.js';
import { openCampaign } from '../../src/ledger/campaign-records.js';
import { GateLedger } from '../../src/ledger/gate-ledger.js';
import { importingHere, importRecipients, lastImport } from '../../src/ledger/import-recipients.js';
import type { LedgerDatabase } from '../../src/ledger/open-ledger.js';
import { planFacts } from '../../src/ledger/plan-facts.js';
import { SqliteReconcileLedger } from '../../src/ledger/reconcile-ledger.js';
import { SqliteRunLedger } from '../../src/ledger/run-ledger.js';
import { balanceOf, startRun } from '../../src/ledger/runs.js';
import { CanaryGate } from '../../src/run/canary-gate.js';
import { ConnectionWatch } from '../../src/run/connection-watch.js';
import { ControlWatch } from '../../src/run/control-watch.js';
import { DailyCapGate } from '../../src/run/daily-cap-gate.js';
import { deliver } from '../../src/run/deliver.js';
import type { Delivered } from '../../src/run/deliver-ports.js';
import { reconcile } from '../../src/run/reconcile.js';
import { type RunEnd, type RunSteps, runCampaign } from '../../src/run/run-campaign.js';
import { RunLimit } from '../../src/run/run-limit.js';
import { PacedThrottle } from '../../src/throttle/throttle.js';
import { checkAlways, checkIntent, checkNoPause, checkNothingInFlight, checkRate } from './invariants.js';
import { type Doom, Mortal } from './mortal.js';
import type { SimulatedCampaign } from './settings.js';
import { BrokenPromise, SENDER, TEMPLATE, WORKSPACE, type World } from './world.js';

/** How a process ended. */
export type LifeEnd =
  | { readonly kind: 'ended'; readonly end: RunEnd }
  | { readonly kind: 'died' }
  /** It rejected, which the command line answers with the exit code of a bug. */
  | { readonly kind: 'rejected'; readonly error: unknown };

const MOST_HAPPENINGS = 200_000;

/** One process: a run of one campaign, from its lock to its end, with a crash at any await. */
export class Life {
  readonly #world: World;
  readonly #campaign: SimulatedCampaign;
  readonly #doom: Doom;
  readonly #mortal: Mortal;
  readonly #db: LedgerDatabase;
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  /** Permits that were taken and kept, and intents that were written. */
  #permits = 0;
  #intents = 0;
  #ended: LifeEnd | null = null;
  #campaignId = 0;

  constructor(world: World, campaign: SimulatedCampaign, doom: Doom) {
    this.#world = world;
    this.#campaign = campaign;
    this.#doom = doom;
    this.#mortal = new Mortal(world, doom);
    this.#db = this.#mortal.db;
    this.#clock = this.#mortal.clock;
  }

  /** Awaited steps so far. */
  get steps(): number {
    return this.#mortal.steps;
  }

  async run(): Promise<LifeEnd> {
    const { time, tally } = this.#world;
    this.#world.powerOn();
    tally.lives += 1;
    runCampaign(this.#runSteps()).then(
      (ended) => {
        this.#ended = { kind: 'ended', end: ended };
      },
      (error: unknown) => {
        this.#ended = { kind: 'rejected', error };
      },
    );
    const { stopAfterMs } = this.#doom;
    if (stopAfterMs !== null) time.later(stopAfterMs, () => this.#stop.abort());
    const mortal = this.#mortal;
    await time.runUntil(() => this.#ended !== null || mortal.died || mortal.broken !== null, MOST_HAPPENINGS);
    if (mortal.broken !== null) throw mortal.broken;
    mortal.die();
    const ended = this.#ended ?? ({ kind: 'died' } as const);
    if (ended.kind === 'died') tally.crashes += 1;
    this.#world.powerOff(ended.kind !== 'ended');
    this.#world.tell(`life ${tally.lives}: ${ended.kind}`);
    checkAlways(this.#world);
    if (ended.kind === 'ended' && ended.end.kind === 'ran' && !this.#doom.disturbed()) {
      checkNothingInFlight(this.#world, this.#campaignId);
    }
    return ended;
  }

  #runSteps(): RunSteps {
    return {
      now: () => this.#clock.now(),
      monotonicMs: () => this.#clock.monotonicMs(),
      ledgerBusy: () => this.#clock.sleep(250),
      lock: () => this.#mortal.through('lock', () => Promise.resolve(ok(null))),
      begin: () => this.#mortal.through('begin', () => Promise.resolve(this.#begin())),
      recovered: () => undefined,
      settleUncertain: () => this.#settleUncertain(),
      plan: () => this.#mortal.through('plan', () => this.#plan()),
      balance: () => Promise.resolve(balanceOf(this.#db, this.#campaignId)),
      confirm: () => this.#mortal.through('confirm', () => Promise.resolve(true)),
      objection: () => null,
      deliver: (ledger) => this.#deliver(ledger),
    };
  }

  #begin(): Result<RunLedger> {
    const { name, campaignName } = this.#campaign;
    const identity = { template: TEMPLATE, type: 'campaign', campaignName } as const;
    const entry = { ...identity, workspace: WORKSPACE, name, baseUrl: 'http://model', file: `${name}.yaml` };
    const opened = openCampaign(this.#db, entry, false, this.#clock.now());
    if (!opened.ok) return opened;
    this.#campaignId = opened.value.id;
    const run = { pid: 1, host: 'model', at: this.#clock.now(), ratePerSecond: 1 };
    const runId = startRun(this.#db, this.#campaignId, run);
    const started = { runId, campaignId: this.#campaignId, workspace: WORKSPACE, limit: null };
    const ledger = new SqliteRunLedger(this.#db, started);
    return ok(
      this.#mortal.stepped(ledger, (name, result) => {
        if (name === 'claim') this.#intended(result as Claim);
      }),
    );
  }

  async #plan(): Promise<Result<Plan>> {
    const source = { file: 'people.csv', fileDigest: 'd', settingsDigest: 's', columns: ['phone'] };
    const at = this.#clock.now();
    if (lastImport(this.#db, this.#campaignId, source) === null) {
      const target = { campaignId: this.#campaignId, source, at };
      await importRecipients(importingHere(this.#db), target, this.#rows());
    }
    const facts = { ...planFacts(this.#db, this.#campaignId), notices: [], changedAfterAccepted: 0 };
    const readAs = { encoding: 'utf-8', delimiter: ',', phoneColumn: 'phone' } as const;
    return ok({ ...facts, readAs, ratePerSecond: 1, finishAt: null, cost: null, warnings: [] });
  }

  /** The file, two rows at a time, so that a crash can strike in the middle of an import. */
  async *#rows(): AsyncGenerator<readonly RowVerdict[]> {
    for (let person = 0; person < this.#campaign.people; person += 2) {
      const rows = [person, person + 1].filter((one) => one < this.#campaign.people);
      yield await this.#mortal.through('rows', () => Promise.resolve(rows.map((one) => this.#row(one))));
    }
  }

  #row(person: number): RowVerdict {
    const phone = this.#world.phoneOf(person);
    const values = { body: [], header: [], attachment: null, repaired: [], cells: [phone] };
    const recipient = { line: person + 2, phone, person: phone, country: 'PE', key: '', ...values };
    return { kind: 'recipient', recipient };
  }

  async #settleUncertain(): Promise<void> {
    const { settings, tally, list } = this.#world;
    const scope = { campaignId: this.#campaignId, workspace: WORKSPACE, sender: SENDER };
    const stepped: ProviderList = {
      read: (token, signal) => this.#mortal.through('page', () => list.read(token, signal)),
    };
    tally.scans += 1;
    const report = await reconcile(
      {
        ledger: this.#mortal.stepped(new SqliteReconcileLedger(this.#db, scope)),
        list: stepped,
        clock: this.#clock,
        signal: this.#stop.signal,
      },
      {
        policy: { settleMs: settings.settleMs, timeoutMs: settings.provider.timeoutMs },
        resend: 'yes',
        by: 'model',
      },
    );
    if (!report.ok) return;
    tally.resends += report.value.requeued;
    const { accepted, provenAbsent, left } = report.value;
    this.#world.tell(`reconciled: accepted ${accepted}, absent ${provenAbsent}, left ${left}`);
  }

  async #deliver(ledger: RunLedger): Promise<Delivered> {
    const { settings } = this.#world;
    const { stopWhen, canary, perDay } = this.#campaign;
    const gateLedger = new GateLedger(this.#db, this.#campaignId, WORKSPACE);
    const throttle = new PacedThrottle({
      limitPerSecond: settings.ratePerSecond,
      startPerSecond: null,
      concurrency: settings.concurrency,
      clock: this.#clock,
    });
    const lookAtList = async () => {
      await this.#settleUncertain();
      return { kind: 'written' } as const;
    };
    const gates = [
      ...(perDay === null ? [] : [new DailyCapGate(gateLedger, perDay, true)]),
      ...(canary === null ? [] : [new CanaryGate(canary, gateLedger, this.#clock, lookAtList)]),
    ];
    return deliver({
      ledger,
      sender: { send: (dispatch) => this.#send(dispatch, throttle) },
      throttle: this.#watched(throttle),
      gates,
      breaker: new Breaker(stopWhen),
      connections: new ConnectionWatch('http://model'),
      control: new ControlWatch(ledger, this.#clock, false),
      observer: SILENT,
      concurrency: settings.concurrency,
      limit: new RunLimit(null),
      policy: { attempts: settings.attempts },
      clock: this.#clock,
      chance: () => this.#mortal.dice.roll(),
      stop: this.#stop.signal,
      turn: () => this.#clock.sleep(0),
    });
  }

  /** A permit comes first: an intent that waits for one would be uncertain after a crash, without a request. */
  #intended(claim: Claim): void {
    if (claim.kind === 'failed') return;
    this.#intents += claim.dispatches.length;
    if (this.#intents <= this.#permits) return;
    this.#mortal.keep(() => {
      throw new BrokenPromise(`${this.#intents} intents were written with ${this.#permits} permits`);
    });
  }

  #send(dispatch: Dispatch, throttle: Throttle): Promise<Outcome> {
    const { campaignName } = this.#campaign;
    const world = this.#world;
    this.#mortal.keep(() => checkNoPause(throttle, dispatch));
    world.requestsAtMs.push(world.time.nowMs);
    this.#mortal.keep(() => checkRate(world));
    return this.#mortal.through(`send ${dispatch.phone}`, () => {
      this.#mortal.keep(() => checkIntent(world, dispatch));
      world.tally.posts += 1;
      return world.provider.post({ phone: dispatch.phone, template: TEMPLATE, campaignName }, dispatch);
    });
  }

  /** The real throttle, with every permit that is kept written down. */
  #watched(throttle: Throttle): Throttle {
    const world = this.#world;
    return {
      take: async (most, ahead, signal) => {
        const taken = await throttle.take(most, ahead, signal);
        for (let permit = 0; permit < taken; permit += 1) world.permitsAtMs.push(world.time.nowMs);
        this.#permits += taken;
        this.#mortal.keep(() => checkRate(world));
        return taken;
      },
      giveBack: (permits) => {
        world.permitsAtMs.length -= permits;
        this.#permits -= permits;
        throttle.giveBack(permits);
      },
      leave: (waiting, room, signal) => throttle.leave(waiting, room, signal),
      throttled: (retryAfterMs) => throttle.throttled(retryAfterMs),
      accepted: () => throttle.accepted(),
      pace: () => throttle.pace(),
    };
  }
}

const SILENT: RunObserver = {
  claimed: () => undefined,
  settled: () => undefined,
  waiting: () => undefined,
};
