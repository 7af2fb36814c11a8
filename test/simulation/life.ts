import type { Clock } from '../../src/core/clock.js';
import type { ClaimedDelivery } from '../../src/core/delivery.js';
import { NEVER_LEFT, type Outcome } from '../../src/core/outcome.js';
import type { Plan } from '../../src/core/plan.js';
import type { Claim, Control, MayLeave, RunLedger, Throttle } from '../../src/core/ports.js';
import { failed, type Halt, ok, type Result, sentence } from '../../src/core/problem.js';
import type { TemplateKnowledge } from '../../src/core/template.js';
import { RunClock } from '../../src/ledger/sql/run-clock.js';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';

import { startRecovery } from '../../src/ledger/sqlite/recover.js';

import { SqliteRunLedger, writingHere } from '../../src/ledger/sqlite/run-ledger.js';
import { startRun } from '../../src/ledger/sqlite/runs.js';
import { ProviderClock } from '../../src/providers/plazbot/sender.js';
import { CANCELED } from '../../src/run/control-poller.js';
import type { Delivered } from '../../src/run/deliver-ports.js';
import { LedgerGate } from '../../src/run/ledger-gate.js';
import { type RunEnd, type RunSteps, runCampaign } from '../../src/run/run-campaign.js';
import { PacedThrottle } from '../../src/throttle/throttle.js';
import { balanceOf, openCampaign, planFacts } from '../support/on-sqlite.js';
import { BrokenPromise } from './broken-promise.js';
import { deliverAll } from './deliver-all.js';
import { checkIntent, checkNoPause, checkNothingInFlight, checkRate } from './invariants.js';
import type { Request } from './model-provider.js';
import { type Doom, Mortal } from './mortal.js';
import { dutyName, TEMPLATE, WORKSPACE } from './names.js';
import { type PlannedFile, takeFile } from './planned-file.js';
import { type ProcessEnd, runProcess } from './process.js';
import { requestOf } from './requests.js';
import type { SimulatedCampaign } from './settings.js';
import { checkClaimed, checkTakenOut } from './taken-out-checks.js';
import type { World } from './world.js';

const NOTHING_KNOWN: TemplateKnowledge = {
  source: null,
  text: null,
  listReadAt: null,
  unread: null,
  listed: null,
  meant: null,
};

/** How a run ended. */
export type LifeEnd = ProcessEnd<RunEnd<Plan>>;

/** So far ahead of their requests intents may be written, at the rate. */
const PREFETCH_MS = 36;

/** One process: a run of one campaign, from its lock to its end, with a crash at any await. */
export class Life {
  readonly #world: World;
  readonly #campaign: SimulatedCampaign;
  readonly #doom: Doom;
  readonly #mortal: Mortal;
  readonly #db: LedgerDatabase;
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  readonly #providerClock = new ProviderClock();
  /** Attempts that were claimed, and neither left nor were released. */
  readonly #prefetched = new Set<number>();
  #campaignId = 0;
  /** As it stood in the campaign file when this run began. */
  #campaignName: string | null = null;
  #guard: LedgerGate | null = null;
  #control: Control = 'go';
  #file: PlannedFile | null = null;
  /** Deliveries with a request that left. */
  readonly #sent = new Set<number>();
  /** Place of each claim among everything that ended, by attempt. */
  readonly #claimed = new Map<number, number>();

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
    const { tally } = this.#world;
    tally.lives += 1;
    this.#world.tell(`${this.#campaign.name} is sent`);
    this.#world.provider.onDate = (date) => this.#providerClock.hear(date, this.#clock.now());
    const work = (): Promise<RunEnd<Plan>> => runCampaign<Plan>(this.#runSteps());
    const ended = await runProcess(this.#world, this.#mortal, this.#doom, this.#stop, work);
    this.#world.tell(`life ${tally.lives}: ${endOf(ended)}`);
    if (ended.kind === 'ended' && ended.value.kind === 'ran' && !this.#doom.disturbed()) {
      checkNothingInFlight(this.#world, this.#campaignId);
    }
    return ended;
  }

  #runSteps(): RunSteps<Plan> {
    return {
      now: () => this.#clock.now(),
      monotonicMs: () => this.#clock.monotonicMs(),
      ledgerBusy: () => this.#clock.sleep(250),
      lock: () => this.#mortal.through('lock', () => Promise.resolve(this.#lock())),
      open: () => this.#mortal.through('open', () => Promise.resolve(this.#openCampaign())),
      recover: () => this.#mortal.through('recover', () => Promise.resolve(this.#recover())),
      plan: () => this.#mortal.through('plan', () => this.#plan()),
      balance: () => Promise.resolve(balanceOf(this.#db, this.#campaignId)),
      confirm: () => this.#mortal.through('confirm', () => Promise.resolve(true)),
      objection: () => this.#objection(),
      own: () => Promise.resolve(ok(true)),
      begin: () => this.#mortal.through('begin', () => Promise.resolve(this.#begin())),
      deliver: (ledger) => this.#deliver(ledger),
    };
  }

  /** `--accept-changes`: for a name that was edited on purpose, and for nothing else. */
  #acceptsChanges(): boolean {
    const { renamed, settings } = this.#world;
    return renamed.has(this.#campaign.name) && settings.campaigns.includes(this.#campaign);
  }

  #lock(): Result<null> {
    const { places } = this.#world;
    const doubt = places.doubt(this.#db, this.#campaign.name);
    if (doubt === null) return ok(null);
    this.#world.tell(`refused: the ledger is ${doubt}`);
    return failed(sentence(`ledger.${doubt}`, { campaign: '', file: '', name: '', option: '', right: '' }));
  }

  #openCampaign(): Result<null> {
    const { name, type, keyColumn } = this.#campaign;
    const campaignName = this.#world.campaignNameOf(this.#campaign);
    this.#campaignName = campaignName;
    const identity = { template: TEMPLATE, type, campaignName, keyColumn };
    const entry = { ...identity, workspace: WORKSPACE, name, baseUrl: 'http://model', file: `${name}.yaml` };
    const opened = openCampaign(this.#db, entry, this.#acceptsChanges(), this.#clock.now());
    if (!opened.ok) return opened;
    this.#campaignId = opened.value.id;
    this.#control = opened.value.control;
    return ok(null);
  }

  #recover(): void {
    startRecovery(this.#db, this.#campaignId, this.#clock.now());
  }

  #begin(): Result<RunLedger> {
    const { name, perRecipient } = this.#campaign;
    const at = this.#clock.now();
    const run = { pid: 1, host: 'model', at, ratePerSecond: 1 };
    const runId = startRun(this.#db, this.#campaignId, run);
    const guarded = { id: runId, campaignId: this.#campaignId, startedAt: at };
    this.#guard = new LedgerGate(this.#world.places.guard(this.#db, name, guarded));
    const started = { runId, campaignId: this.#campaignId, workspace: WORKSPACE, limit: perRecipient };
    const clock = new RunClock(() => ({
      ...this.#world.readClocks(),
      providerOffsetMs: this.#providerClock.offsetMs,
    }));
    const ledger = new SqliteRunLedger(this.#db, started, writingHere(this.#db, started), clock);
    return ok(
      this.#mortal.stepped(ledger, (name, result) => {
        if (name === 'claim') this.#intended(result as Claim);
      }),
    );
  }

  async #plan(): Promise<Result<Plan>> {
    const target = { campaign: this.#campaign, campaignId: this.#campaignId };
    const taken = await takeFile(this.#world, this.#mortal, target);
    if (!taken.ok) return taken;
    this.#file = taken.value;
    const facts = { ...planFacts(this.#db, this.#campaignId), notices: [], changedAfterAccepted: 0 };
    const readAs = { format: 'csv', encoding: 'utf-8', delimiter: ',', phoneColumn: 'phone' } as const;
    return ok({
      ...facts,
      messages: [],
      template: NOTHING_KNOWN,
      readAs,
      digest: '',
      digestWithoutText: '',
      ratePerSecond: 1,
      startsAt: null,
      finishAt: null,
      cost: null,
      warnings: [],
    });
  }

  /** As the command line has it. */
  #objection(): Halt | null {
    if (this.#control === 'paused') return { code: 'halt.paused', params: {} };
    return this.#control === 'canceled' ? CANCELED : null;
  }

  #deliver(ledger: RunLedger): Promise<Delivered> {
    const { ratePerSecond, concurrency } = this.#world.settings;
    const clock = this.#clock;
    const throttle = new PacedThrottle({
      limitPerSecond: ratePerSecond,
      startPerSecond: null,
      concurrency,
      clock,
    });
    return deliverAll({
      world: this.#world,
      campaign: this.#campaign,
      campaignId: this.#campaignId,
      mortal: this.#mortal,
      limit: this.#doom.limit,
      stop: this.#stop.signal,
      ledger,
      guard: this.#guard,
      sender: { send: (delivery, mayLeave) => this.#send(delivery, throttle, mayLeave) },
      throttle: this.#watched(throttle),
      observer: {
        claimed: () => undefined,
        recorded: (delivery) => void this.#prefetched.delete(delivery.attemptId),
        waiting: () => undefined,
      },
    });
  }

  /** An intent that waits is uncertain after a crash, without a request: no more wait than leave within 36 ms. */
  #intended(claim: Claim): void {
    if (claim.kind === 'failed') return;
    const { order } = this.#world.ends();
    for (const delivery of claim.deliveries) {
      this.#claimed.set(delivery.attemptId, order);
      this.#prefetched.add(delivery.attemptId);
      const duty = this.#dutyOf(delivery);
      this.#world.log.intend(duty, this.#requestOf(duty, delivery).body);
    }
    this.#mortal.keep(() => checkClaimed(this.#world, this.#campaignId, claim.deliveries));
    const { size } = this.#prefetched;
    const { ratePerSecond } = this.#world.settings;
    if (size <= Math.ceil((ratePerSecond * PREFETCH_MS) / 1_000)) return;
    this.#mortal.keep(() => {
      throw new BrokenPromise('intent', `${size} intents wait for their request at ${ratePerSecond}/s`);
    });
  }

  #send(delivery: ClaimedDelivery, throttle: Throttle, mayLeave: MayLeave): Promise<Outcome> {
    const world = this.#world;
    this.#mortal.keep(() => checkNoPause(throttle, delivery));
    this.#prefetched.delete(delivery.attemptId);
    world.requestsAtMs.push(world.time.nowMs);
    this.#mortal.keep(() => checkRate(world));
    return this.#mortal.through(`send ${delivery.phone}`, () => {
      if (!mayLeave(delivery)) return NEVER_LEFT;
      const duty = this.#dutyOf(delivery);
      this.#mortal.keep(() => {
        checkIntent(world, delivery);
        checkTakenOut(
          world,
          this.#campaign,
          duty,
          delivery.phone,
          this.#file,
          this.#claimed.get(delivery.attemptId),
        );
        this.#checkLimit(delivery);
        world.checkLedger(this.#campaign.name);
      });
      world.tally.posts += 1;
      world.tell(`request for ${duty}`);
      world.onRequest(delivery.phone);
      return this.#answered(duty, delivery, world.provider.post(this.#requestOf(duty, delivery)));
    });
  }

  async #answered(duty: string, { deliveryId }: ClaimedDelivery, answer: Promise<Outcome>): Promise<Outcome> {
    const outcome = await answer;
    if (outcome.kind !== 'accepted') this.#world.tell(`${duty}: ${outcome.kind}`);
    // It gives its place in the limit back.
    if (outcome.kind === 'not-sent') this.#sent.delete(deliveryId);
    return outcome;
  }

  #requestOf(duty: string, delivery: ClaimedDelivery): Request {
    const { type } = this.#campaign;
    return requestOf({ type, campaignName: this.#campaignName }, duty, delivery);
  }

  #dutyOf({ deliveryId, phone }: ClaimedDelivery): string {
    const { key } = this.#world.query('SELECT key FROM deliveries WHERE id = ?').get(deliveryId) as {
      key: string;
    };
    return dutyName(this.#campaign.name, phone, key);
  }

  #checkLimit({ deliveryId }: ClaimedDelivery): void {
    const { limit } = this.#doom;
    this.#sent.add(deliveryId);
    if (limit === null || this.#sent.size <= limit) return;
    throw new BrokenPromise('limit', `${this.#sent.size} people were sent to with --limit ${limit}`);
  }

  /** The real throttle, with every permit written down. */
  #watched(throttle: Throttle): Throttle {
    const world = this.#world;
    return {
      take: async (most, signal) => {
        const taken = await throttle.take(most, signal);
        for (let permit = 0; permit < taken; permit += 1) world.permitsAtMs.push(world.time.nowMs);
        this.#mortal.keep(() => checkRate(world));
        return taken;
      },
      untilNextMs: () => throttle.untilNextMs(),
      throttled: (retryAfterMs) => throttle.throttled(retryAfterMs),
      accepted: () => throttle.accepted(),
      pace: () => throttle.pace(),
    };
  }
}

function endOf(ended: LifeEnd): string {
  if (ended.kind !== 'ended') return ended.kind;
  const { value } = ended;
  return value.kind === 'ran' ? `ran, ${value.delivered.halt?.code ?? 'no halt'}` : value.kind;
}
