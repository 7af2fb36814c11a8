import { Breaker } from '../../core/breaker.js';
import type { RunSettings } from '../../core/campaign.js';
import type { ActionFacts } from '../../core/ledger/action-facts.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import { type Ledger, LedgerError, type Runs } from '../../core/ledger/ledger.js';
import type { NewRun } from '../../core/ledger/runs.js';
import type { PlanCounts } from '../../core/plan.js';
import type { LedgerFailure, RunLedger } from '../../core/ports.js';
import { type Halt, ok, type Result, unwrittenHalt } from '../../core/problem.js';
import { ConnectionBreaker } from '../../run/connection-breaker.js';
import { ControlPoller } from '../../run/control-poller.js';
import { deliver } from '../../run/deliver.js';
import type { Delivered } from '../../run/deliver-ports.js';
import { LedgerGate } from '../../run/ledger-gate.js';
import type { RanEnd, RunEnd } from '../../run/run-campaign.js';
import type { RunLimit } from '../../run/run-limit.js';
import { recordAtOnce } from '../actions/record-action.js';
import type { App, OpenSender } from '../app.js';
import type { Target } from '../target.js';
import { senderOf } from '../workspace.js';
import type { LedgerWait } from './busy-ledger.js';
import type { RunDisplay } from './display.js';
import { gatesOf } from './gates.js';
import { type GuardDeps, RunGuard } from './run-guard.js';
import { senderThrottle } from './sender-throttle.js';
import { type Settling, settlingBeside } from './settling.js';

/** A run that took place. */
export type RanCampaign = RanEnd;

/** What delivering and settling one campaign stands on: its file is none of it. */
export interface DeliveryDeps extends GuardDeps {
  readonly app: App;
  readonly ledger: Ledger;
  readonly ledgerWait: LedgerWait;
  readonly campaign: RunSettings;
  readonly target: Target;
  readonly options: DeliveryOptions;
  readonly stop: AbortSignal;
  readonly display: RunDisplay;
}

/** Options of a run that still matter when its plan stands. */
export interface DeliveryOptions {
  /** Shared by all campaigns of a command. */
  readonly limit: RunLimit;
  readonly noWait: boolean;
  /** A person vouches for a shared ledger whose database was switched to another server. */
  readonly acceptFailover: boolean;
}

/** A run of a campaign whose recipients are in the ledger, from its beginning to its last words. */
export class CampaignDelivery {
  readonly #deps: DeliveryDeps;
  readonly #record: CampaignRecord;
  #guard: RunGuard | null = null;
  /** Its answers tell the provider's clock. */
  #sender: OpenSender | null = null;
  #runId: number | null = null;
  #mayHaveSent = false;

  constructor(deps: DeliveryDeps, record: CampaignRecord) {
    this.#deps = deps;
    this.#record = record;
  }

  /** Its number in the ledger; null: it has not begun. */
  get runId(): number | null {
    return this.#runId;
  }

  /** Whether it began in full: from then on something may have gone out. */
  get mayHaveSent(): boolean {
    return this.#mayHaveSent;
  }

  /**
   * Enters the run of this process.
   *
   * @param mayBegin asked once the ledger is free: while it was waited for, others wrote to it
   */
  async begin(mayBegin: () => Promise<Result<null>>): Promise<Result<RunLedger>> {
    const { app, ledger, ledgerWait, campaign, target, options, display, stop } = this.#deps;
    const free = await ledgerWait.untilFree(ledger, stop);
    if (!free.ok) return free;
    const may = await mayBegin();
    if (!may.ok) return may;
    const at = app.clock.now();
    const campaignId = this.#record.id;
    const { ratePerSecond, limits } = campaign;
    const { workspace } = target;
    const { acceptFailover } = options;
    const own = { at, campaignId, workspace, limit: limits.perRecipient, ratePerSecond };
    const run = { ...app.process, ...own, acceptFailover, by: app.operator };
    const begun = await this.#begun(run);
    const last = await ledger.identity.lastAttempt(campaignId);
    const ledgerId = await ledger.identity.id();
    this.#runId = begun.runId;
    await ledger.shared?.began(campaignId, begun.runId);
    this.#guard = new RunGuard(this.#deps, { id: begun.runId, startedAt: at, last, ledgerId });
    const { name } = this.#record;
    const done = { kind: 'run-begun', workspace, campaign: name, after: { run: begun.runId } } as const;
    await recordAtOnce(ledger, done, app).catch(() => undefined);
    this.#mayHaveSent = true;
    display.begun(begun.runId);
    return ok(begun.ledger);
  }

  /** After a failover no machine goes on by itself: the run leaves the line, and its campaign says why. */
  async #begun(run: NewRun): ReturnType<Runs['begin']> {
    const { app, ledger } = this.#deps;
    try {
      return await ledger.runs.begin(run, () => app.readClocks(this.#sender?.clockOffsetMs ?? null));
    } catch (error) {
      if (isFailover(error)) await ledger.shared?.stop(run.campaignId, FAILOVER);
      throw error;
    }
  }

  /** Sends what is due, and settles beside it what is uncertain. */
  deliver(run: RunLedger, plan: PlanCounts): Promise<Delivered> {
    return this.#deps.ledger.whileSending(() => this.#delivered(run, plan));
  }

  /** What a ledger that was taken from its place holds is saved while it is open: with this process it would be gone. */
  async lastWords<E extends RunEnd>(end: E): Promise<E> {
    if (end.kind === 'ran') await this.#recordEnd(end);
    if (end.kind !== 'ran' || end.delivered.halt?.code !== 'halt.ledger-gone' || this.#guard === null)
      return end;
    return { ...end, delivered: { ...end.delivered, halt: await this.#guard.keepLost() } };
  }

  /** The run has ended, whatever the log takes in: a ledger that is gone has nothing more to say. */
  async #recordEnd({ delivered, counts }: RanEnd): Promise<void> {
    const { app, ledger, target } = this.#deps;
    const { sent, halt, interrupted } = delivered;
    const why = halt === null ? (interrupted ? 'interrupted' : 'finished') : halt.code;
    const after: ActionFacts = {
      run: this.#runId,
      sent,
      accepted: delivered.accepted,
      pending: counts.pending,
      ended: why,
    };
    const { workspace } = target;
    const done = { kind: 'run-ended', workspace, campaign: this.#record.name, after } as const;
    await recordAtOnce(ledger, done, app).catch(() => undefined);
  }

  close(): void {
    this.#guard?.close();
  }

  #guarded(): RunGuard {
    if (this.#guard === null) throw new Error('the run has not begun yet');
    return this.#guard;
  }

  async #delivered(run: RunLedger, plan: PlanCounts): Promise<Delivered> {
    const { app, ledger, campaign, target, stop, display } = this.#deps;
    const record = this.#record;
    const from = senderOf(target.baseUrl, target.workspace);
    const { throttle, close } = await senderThrottle(ledger.runs, from, campaign, app);
    const sender = await app.provider.sender(campaign, target);
    this.#sender = sender;
    const watching = await display.watch(plan, throttle);
    const settling = await settlingBeside({ app, ledger, campaign, target, record, throttle, display, stop });
    try {
      const delivered = await this.#through(run, { throttle, sender, settling, observer: watching.observer });
      await settling.close(delivered.halt === null && !delivered.interrupted);
      return { ...delivered, fatal: delivered.fatal ?? settling.beside.fatal };
    } finally {
      await settling.close(false);
      watching.close();
      await close();
      await sender.close();
    }
  }

  /** Delivers through the gates that the campaign asks for. */
  async #through(run: RunLedger, { settling, ...ports }: OpenPorts): Promise<Delivered> {
    const { app, ledger, ledgerWait, campaign, target, options, stop } = this.#deps;
    const gates = await gatesOf(campaign, {
      app,
      ledger: ledger.runs.gates(this.#record.id, target.workspace),
      noWait: options.noWait,
      ledgerBusy: () => ledgerWait.aMoment(),
      lookAtList: () => settling.beside.look(),
    });
    if ('kind' in gates) return nothingDelivered(gates);
    const guard = new LedgerGate(this.#guarded());
    const delivered = await deliver({
      ...ports,
      ledger: run,
      gates: [guard, settling.beside, ...gates],
      breaker: new Breaker(campaign.stopWhen),
      connections: new ConnectionBreaker(target.baseUrl),
      control: new ControlPoller(run, app.clock, options.noWait),
      concurrency: campaign.concurrency,
      limit: options.limit,
      policy: { attempts: campaign.attempts },
      clock: app.clock,
      chance: app.chance,
      stop,
      turn: app.turn,
    });
    return { ...delivered, halt: guard.verdict() ?? delivered.halt };
  }
}

/** Why nothing goes out from a database that was switched to another server. */
export const FAILOVER: Halt = { code: 'halt.failover', params: {} };

/** Whether a run could not begin because of that. */
export function isFailover(error: unknown): boolean {
  return error instanceof LedgerError && error.problem.code === 'ledger.db-failover';
}

/** What is open while a run delivers. */
type OpenPorts = Pick<Parameters<typeof deliver>[0], 'throttle' | 'sender' | 'observer'> & {
  readonly settling: Settling;
};

/** The gates could not be set up: the ledger does not take what they write. */
function nothingDelivered(failure: LedgerFailure): Delivered {
  const halt = unwrittenHalt(failure.problem);
  return { sent: 0, accepted: 0, halt, interrupted: false, fatal: failure.fatal ? failure : null };
}
