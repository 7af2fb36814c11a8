import { Breaker } from '../../core/breaker.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { type HeldLock, isLocked, type WatchedFile } from '../../core/ledger/locks.js';
import { type Plan, readAsOf } from '../../core/plan.js';
import type { LedgerFailure, RunLedger } from '../../core/ports.js';
import { detailIn, type Halt, ok, type Problem, type Result } from '../../core/problem.js';
import type { ReadCampaign } from '../../core/recipient.js';
import { LEDGER_BUSY } from '../../run/busy-ledger.js';
import { ConnectionBreaker } from '../../run/connection-breaker.js';
import { CANCELED, ControlPoller } from '../../run/control-poller.js';
import { deliver } from '../../run/deliver.js';
import type { Delivered } from '../../run/deliver-ports.js';
import { LedgerGate } from '../../run/ledger-gate.js';
import { type RunEnd, type RunSteps, runCampaign } from '../../run/run-campaign.js';
import type { RunLimit } from '../../run/run-limit.js';
import type { App, OpenSender } from '../app.js';
import { type LockPlaces, lockPlaces, stateDirOf, takeLocks } from '../locks.js';
import { makePlan } from '../plan/make-plan.js';
import { requirePlan } from '../plan/plan-digest.js';
import type { Target } from '../target.js';
import { senderOf } from '../workspace.js';
import { LedgerWait } from './busy-ledger.js';
import type { SendDisplay } from './display.js';
import { gatesOf } from './gates.js';
import { type Imported, importFile } from './import-file.js';
import { allowLedger, type LedgerQuestion, ledgerQuestion } from './known-ledger.js';
import { RunGuard } from './run-guard.js';
import { campaignEntry } from './send-refusals.js';
import { senderThrottle } from './sender-throttle.js';
import { settlingBeside } from './settling.js';

/** Options of one run. */
export interface RunOptions {
  /** Shared by all campaigns of a command. */
  readonly limit: RunLimit;
  readonly noWait: boolean;
  readonly acceptChanges: boolean;
  readonly acceptLedger: boolean;
  /** Digest of the plan that a person saw: nothing but that is sent; null: whatever the plan is. */
  readonly expectPlan: string | null;
}

/** Everything that one run of one campaign stands on. */
export interface RunDeps {
  readonly app: App;
  readonly ledger: Ledger;
  /** Watches over the ledger's file since it was opened. */
  readonly watch: WatchedFile;
  /** What is remembered of the ledger outside of it, and where; null: nothing (the sandbox). */
  readonly known: LedgerQuestion | null;
  readonly stateDir: string;
  readonly read: ReadCampaign;
  readonly target: Target;
  readonly locks: LockPlaces;
  readonly options: RunOptions;
  readonly stop: AbortSignal;
  readonly display: SendDisplay;
}

/** A run that took place. */
export type RanCampaign = Extract<RunEnd, { readonly kind: 'ran' }>;

/** How a run ended, with what its messages need. */
export interface SentCampaign {
  readonly end: RunEnd;
  readonly locked: boolean;
  readonly rejectedFile: string | null;
  /** As of the end: a cancel or a limit per person may have skipped people meanwhile. */
  readonly skippedByReason: Readonly<Record<string, number>>;
}

/** What the sending of one campaign is asked for; the rest of what a run stands on follows from it. */
export type SendDeps = Omit<RunDeps, 'known' | 'stateDir' | 'locks'>;

/** Sends one campaign: every step of the main path gets what it stands on here. */
export async function sendCampaign(deps: SendDeps): Promise<SentCampaign> {
  const { app, ledger, target, read } = deps;
  const { name } = read.campaign;
  const stateDir = stateDirOf(app, target.workspace);
  if (!stateDir.ok) return unusable(stateDir.problems);
  const known = ledgerQuestion(ledger, name, target, app);
  if (!known.ok) return unusable(known.problems);
  const sender = senderOf(target.baseUrl, target.workspace);
  const locks = lockPlaces(app.ledgerFile, stateDir.value, { workspace: target.workspace, name }, sender);
  const run = new CampaignRun({ ...deps, known: known.value, stateDir: stateDir.value, locks });
  try {
    return {
      end: await run.lastWords(await runCampaign(run.steps())),
      locked: run.locked,
      rejectedFile: run.imported?.rejectedFile ?? null,
      skippedByReason: await run.skippedByReason(),
    };
  } finally {
    run.release();
  }
}

function unusable(problems: readonly Problem[]): SentCampaign {
  return { end: { kind: 'unusable', problems }, locked: false, rejectedFile: null, skippedByReason: {} };
}

class CampaignRun {
  locked = false;
  imported: Imported | null = null;
  readonly #deps: RunDeps;
  readonly #ledgerWait: LedgerWait;
  #locks: readonly HeldLock[] = [];
  #record: CampaignRecord | null = null;
  #guard: RunGuard | null = null;
  /** Its answers tell the provider's clock. */
  #sender: OpenSender | null = null;

  constructor(deps: RunDeps) {
    this.#deps = deps;
    this.#ledgerWait = new LedgerWait(deps.app, () => deps.display.ledgerBusy(LEDGER_BUSY));
  }

  steps(): RunSteps {
    const { app, display, read, ledger } = this.#deps;
    return {
      now: () => app.clock.now(),
      monotonicMs: () => app.clock.monotonicMs(),
      lock: () => this.#lock(),
      begin: () => this.#begin(),
      recovered: (count) => display.recovered(count),
      plan: () => this.#plan(),
      balance: () => ledger.runs.balance(this.#opened().id),
      confirm: (plan) => display.confirm(read.campaign, plan, this.imported?.rejectedFile ?? null),
      objection: (plan) => this.#objection(plan),
      deliver: (run, plan) => ledger.whileSending(() => this.#deliver(run, plan)),
      ledgerBusy: () => this.#ledgerWait.aMoment(),
    };
  }

  release(): void {
    this.#guard?.close();
    for (const lock of this.#locks) lock.release();
  }

  /** What a ledger that was taken from its place holds is saved while it is open: with this process it would be gone. */
  async lastWords(end: RunEnd): Promise<RunEnd> {
    if (end.kind !== 'ran' || end.delivered.halt?.code !== 'halt.ledger-gone' || this.#guard === null)
      return end;
    return { ...end, delivered: { ...end.delivered, halt: await this.#guard.keepLost() } };
  }

  async skippedByReason(): Promise<Readonly<Record<string, number>>> {
    return this.#record === null ? {} : this.#deps.ledger.campaigns.skippedByReason(this.#record.id);
  }

  #opened(): CampaignRecord {
    if (this.#record === null) throw new Error('the campaign is not open yet');
    return this.#record;
  }

  #guarded(): RunGuard {
    if (this.#guard === null) throw new Error('the run has not begun yet');
    return this.#guard;
  }

  async #lock(): Promise<Result<null>> {
    const { app, locks, read, known, options, display } = this.#deps;
    const { name } = read.campaign;
    const taken = await takeLocks(app, locks, name);
    if (!taken.ok) {
      this.locked = isLocked(taken.problems);
      return taken;
    }
    this.#locks = taken.value;
    if (known === null) return ok(null);
    return allowLedger(known, options.acceptLedger, app, () => display.acceptedForNothing(name));
  }

  async #begin(): Promise<Result<RunLedger>> {
    const { app, ledger, read, target, options, display, stop } = this.#deps;
    const { campaign } = read;
    const at = app.clock.now();
    const free = await this.#ledgerWait.untilFree(ledger, stop);
    if (!free.ok) return free;
    const room = await ledger.runs.reserve();
    if (!room.ok) return room;
    const entry = campaignEntry(campaign, target);
    const opened = await ledger.campaigns.open(entry, options.acceptChanges, at);
    if (!opened.ok) return opened;
    this.#record = opened.value;
    const campaignId = opened.value.id;
    const { ratePerSecond, limits } = campaign;
    const { workspace } = target;
    const run = { ...app.process, at, campaignId, workspace, limit: limits.perRecipient, ratePerSecond };
    const begun = await ledger.runs.begin(run, () => app.readClocks(this.#sender?.clockOffsetMs ?? null));
    const last = await ledger.identity.lastAttempt(campaignId);
    const ledgerId = await ledger.identity.id();
    this.#guard = new RunGuard(this.#deps, { id: begun.runId, startedAt: at, last, ledgerId });
    display.begun(begun.runId, campaignId);
    return ok(begun.ledger);
  }

  async #plan(): Promise<Result<Plan>> {
    const { app, ledger, read, target } = this.#deps;
    const record = this.#opened();
    const at = app.clock.now();
    const imported = await importFile(ledger, record, read, app);
    if (!imported.ok) return imported;
    this.imported = imported.value;
    const listed = await app.recipientFiles.suppressed(read.campaign);
    if (!listed.ok) return listed;
    // Anew at every send, so that an edited file counts.
    await ledger.lists.replaceOfCampaign(record, listed.value.people, at);
    const { perDay, perRecipient } = read.campaign.limits;
    await ledger.imports.takeOut(record.id, target.workspace, perRecipient, at);
    const { changedAfterAccepted, file, digest: recipients } = imported.value;
    const notices = [...imported.value.notices, ...listed.value.notices];
    const readAs = readAsOf(file);
    const facts = await ledger.imports.planFacts(record.id);
    const known = {
      columns: file.columns,
      basis: { recipients, suppressed: listed.value.people, target },
      warnings: await ledger.campaigns.warnings(record, at),
      dailyUse: perDay === null ? null : await ledger.campaigns.dailyUse(target.workspace, perDay, at),
    };
    const plan = await makePlan(read, { ...facts, notices, changedAfterAccepted, readAs }, known, at, app);
    const { expectPlan } = this.#deps.options;
    if (!plan.ok || expectPlan === null) return plan;
    const same = requirePlan(expectPlan, plan.value.digest);
    return same.ok ? plan : same;
  }

  #objection(plan: Plan): Halt | null {
    const { campaign } = this.#deps.read;
    if (this.#opened().control === 'paused') return { code: 'halt.paused', params: {} };
    if (this.#opened().control === 'canceled') return CANCELED;
    if (campaign.onRejected === 'stop' && plan.counts.rejected > 0) {
      return { code: 'halt.rejected', params: { count: plan.counts.rejected } };
    }
    return null;
  }

  async #deliver(run: RunLedger, plan: Plan): Promise<Delivered> {
    const { app, ledger, read, target, options, stop, display } = this.#deps;
    const { campaign } = read;
    const record = this.#opened();
    const from = senderOf(target.baseUrl, target.workspace);
    const { throttle, close } = await senderThrottle(ledger.runs, from, campaign, app);
    const sender = await app.provider.sender(campaign, target);
    this.#sender = sender;
    const watching = await display.watch(plan, throttle);
    const settling = await settlingBeside({ app, ledger, read, target, record, throttle, display, stop });
    try {
      const gates = await gatesOf(campaign, {
        app,
        ledger: ledger.runs.gates(record.id, target.workspace),
        noWait: options.noWait,
        ledgerBusy: () => this.#ledgerWait.aMoment(),
        lookAtList: () => settling.beside.look(),
      });
      if ('kind' in gates) return nothingDelivered(gates);
      const guard = new LedgerGate(this.#guarded());
      const delivered = await deliver({
        ledger: run,
        sender,
        throttle,
        gates: [guard, settling.beside, ...gates],
        breaker: new Breaker(campaign.stopWhen),
        connections: new ConnectionBreaker(target.baseUrl),
        control: new ControlPoller(run, app.clock, options.noWait),
        observer: watching.observer,
        concurrency: campaign.concurrency,
        limit: options.limit,
        policy: { attempts: campaign.attempts },
        clock: app.clock,
        chance: app.chance,
        stop,
        turn: app.turn,
      });
      await settling.close(delivered.halt === null && !delivered.interrupted);
      const fatal = delivered.fatal ?? settling.beside.fatal;
      return { ...delivered, fatal, halt: guard.verdict() ?? delivered.halt };
    } finally {
      await settling.close(false);
      watching.close();
      await close();
      await sender.close();
    }
  }
}

/** The gates could not be set up: the ledger does not take what they write. */
function nothingDelivered(failure: LedgerFailure): Delivered {
  const halt: Halt = { code: 'halt.ledger-write', params: { detail: detailIn(failure.problem) } };
  return { sent: 0, accepted: 0, halt, interrupted: false, fatal: failure.fatal ? failure : null };
}
