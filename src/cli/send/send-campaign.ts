import { hostname } from 'node:os';
import type { ReadCampaign } from '../../campaign/read-campaign.js';
import { Breaker } from '../../core/breaker.js';
import type { Halt } from '../../core/halt.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { HeldLock, WatchedFile } from '../../core/ledger/locks.js';
import { type Plan, readAsOf } from '../../core/plan.js';
import type { RunLedger } from '../../core/ports.js';
import { ok, type Result } from '../../core/problem.js';
import { ProviderClock } from '../../providers/plazbot/provider-clock.js';
import { PlazbotSender } from '../../providers/plazbot/sender.js';
import { ConnectionWatch } from '../../run/connection-watch.js';
import { CANCELED, ControlWatch } from '../../run/control-watch.js';
import { deliver } from '../../run/deliver.js';
import type { Delivered } from '../../run/deliver-ports.js';
import { LedgerGate } from '../../run/ledger-gate.js';
import { type RunEnd, type RunSteps, runCampaign } from '../../run/run-campaign.js';
import type { RunLimit } from '../../run/run-limit.js';
import { eventLoopTurn, systemClock } from '../clock.js';
import type { Cli } from '../command.js';
import { readClocks } from '../machine-clocks.js';
import { makePlan } from '../plan/make-plan.js';
import type { Target } from '../target.js';
import { senderOf } from '../workspace.js';
import { LedgerWait } from './busy-ledger.js';
import { campaignEntry } from './campaign-entry.js';
import type { SendDisplay } from './display.js';
import { gatesOf } from './gates.js';
import type { Handover } from './handover.js';
import { keepYoungGeneration } from './heap.js';
import { type Imported, importFile } from './import-file.js';
import { allowLedger, type LedgerQuestion } from './known-ledger.js';
import { type LockPlaces, takeLocks } from './locks.js';
import { RunGuard } from './run-guard.js';
import { senderThrottle } from './sender-throttle.js';
import { settlingBeside } from './settling.js';
import { loadSuppressFiles } from './suppress-files.js';

/** Options of one run. */
export interface RunOptions {
  /** Shared by all campaigns of a command. */
  readonly limit: RunLimit;
  readonly noWait: boolean;
  readonly acceptChanges: boolean;
  readonly acceptLedger: boolean;
  /** Who sends what is confirmed. */
  readonly handover: Handover;
}

/** Everything that one run of one campaign stands on. */
export interface RunSurroundings {
  readonly cli: Cli;
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

/** How a run ended, with what its messages need. */
export interface SentCampaign {
  readonly end: RunEnd;
  readonly locked: boolean;
  readonly rejectedFile: string | null;
  /** As of the end: a cancel or a limit per person may have skipped people meanwhile. */
  readonly skippedByReason: Readonly<Record<string, number>>;
}

/** Wires one campaign's run: every port of the main path gets its adapter here. */
export async function sendCampaign(around: RunSurroundings): Promise<SentCampaign> {
  const run = new CampaignRun(around);
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

class CampaignRun {
  locked = false;
  imported: Imported | null = null;
  readonly #around: RunSurroundings;
  readonly #providerClock = new ProviderClock();
  readonly #ledgerWait: LedgerWait;
  #locks: readonly HeldLock[] = [];
  #record: CampaignRecord | null = null;
  #guard: RunGuard | null = null;

  constructor(around: RunSurroundings) {
    this.#around = around;
    this.#ledgerWait = new LedgerWait(around.cli);
  }

  steps(): RunSteps {
    const { display, read } = this.#around;
    return {
      now: () => systemClock.now(),
      monotonicMs: () => systemClock.monotonicMs(),
      lock: () => this.#lock(),
      begin: () => this.#begin(),
      recovered: (count) => display.recovered(count),
      plan: () => this.#plan(),
      balance: () => this.#around.ledger.runs.balance(this.#opened().id),
      confirm: (plan) => display.confirm(read.campaign, plan, this.imported?.rejectedFile ?? null),
      objection: (plan) => this.#objection(plan),
      deliver: (run, plan) => this.#around.ledger.whileSending(() => this.#deliver(run, plan)),
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
    return this.#record === null ? {} : this.#around.ledger.campaigns.skippedByReason(this.#record.id);
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
    const { locks, read, known, options, cli } = this.#around;
    const taker = { campaign: read.campaign.name, pid: cli.host.pid, at: systemClock.now() };
    const taken = await takeLocks(cli.ledgers.locks, locks, taker);
    if (!taken.ok) {
      this.locked = taken.problems.some(({ code }) => code === 'lock.campaign' || code === 'lock.sender');
      return taken;
    }
    this.#locks = taken.value;
    return known === null ? ok(null) : allowLedger(known, options.acceptLedger, cli);
  }

  async #begin(): Promise<Result<RunLedger>> {
    const { cli, ledger, read, target, options, display } = this.#around;
    const { campaign } = read;
    const at = systemClock.now();
    const free = await this.#ledgerWait.untilFree(ledger, this.#around.stop);
    if (!free.ok) return free;
    const grown = await ledger.runs.reserve();
    if (!grown.ok) return grown;
    const opened = await ledger.campaigns.open(campaignEntry(campaign, target), options.acceptChanges, at);
    if (!opened.ok) return opened;
    this.#record = opened.value;
    const campaignId = opened.value.id;
    const { ratePerSecond, limits } = campaign;
    const process = { pid: cli.host.pid, host: hostname(), at };
    const run = {
      ...process,
      campaignId,
      workspace: target.workspace,
      limit: limits.perRecipient,
      ratePerSecond,
    };
    const begun = await ledger.runs.begin(run, () => readClocks(this.#providerClock.offsetMs));
    const [last, ledgerId] = [await ledger.identity.lastAttempt(campaignId), await ledger.identity.id()];
    this.#guard = new RunGuard(this.#around, { id: begun.runId, startedAt: at, last, ledgerId });
    display.begun(begun.runId, campaignId);
    keepYoungGeneration();
    return ok(begun.ledger);
  }

  async #plan(): Promise<Result<Plan>> {
    const { ledger, read, target, cli } = this.#around;
    const record = this.#opened();
    const at = systemClock.now();
    const imported = await importFile(ledger, record, read, cli.say, at);
    if (!imported.ok) return imported;
    this.imported = imported.value;
    const listed = await loadSuppressFiles(ledger, read.campaign, record, at);
    if (!listed.ok) return listed;
    const { perDay, perRecipient } = read.campaign.limits;
    await ledger.imports.takeOut(record.id, target.workspace, perRecipient, at);
    const { changedAfterAccepted, file } = imported.value;
    const notices = [...file.notices, ...listed.value];
    const readAs = readAsOf(file);
    const facts = { ...(await ledger.imports.planFacts(record.id)), notices, changedAfterAccepted, readAs };
    const known = {
      warnings: await ledger.campaigns.warnings(record, at),
      dailyUse: perDay === null ? null : await ledger.campaigns.dailyUse(target.workspace, perDay, at),
    };
    return makePlan(read.campaign, facts, known, at);
  }

  #objection(plan: Plan): Halt | null {
    const { campaign } = this.#around.read;
    if (this.#opened().control === 'paused') return { code: 'halt.paused', params: {} };
    if (this.#opened().control === 'canceled') return CANCELED;
    if (campaign.onRejected === 'stop' && plan.counts.rejected > 0) {
      return { code: 'halt.rejected', params: { count: plan.counts.rejected } };
    }
    return null;
  }

  async #deliver(run: RunLedger, plan: Plan): Promise<Delivered> {
    const { cli, ledger, read, target, options, stop, display } = this.#around;
    const { campaign } = read;
    const record = this.#opened();
    const { throttle, close } = await senderThrottle(
      ledger.runs,
      senderOf(target.baseUrl, target.workspace),
      campaign,
      systemClock,
    );
    const sender = new PlazbotSender({
      baseUrl: target.baseUrl,
      workspaceId: target.workspaceId,
      apiKey: target.apiKey,
      secrets: target.secrets,
      template: campaign.template,
      type: campaign.type,
      campaignName: campaign.campaignName,
      api: campaign.provider.api,
      timeoutMs: campaign.timeoutMs,
      clock: systemClock,
      providerClock: this.#providerClock,
    });
    const watching = await display.watch(plan, throttle);
    const settling = settlingBeside({ cli, ledger, read, target, record, throttle, display, stop });
    const around = {
      ledger: ledger.runs.gates(record.id, target.workspace),
      noWait: options.noWait,
      ledgerBusy: () => this.#ledgerWait.aMoment(),
      lookAtList: () => settling.beside.look(),
    };
    const guard = new LedgerGate(this.#guarded());
    keepYoungGeneration();
    try {
      const delivered = await deliver({
        ledger: run,
        sender,
        throttle,
        gates: [guard, settling.beside, ...(await gatesOf(campaign, around))],
        breaker: new Breaker(campaign.stopWhen),
        connections: new ConnectionWatch(target.baseUrl),
        control: new ControlWatch(run, systemClock, options.noWait),
        observer: watching.observer,
        concurrency: campaign.concurrency,
        limit: options.limit,
        policy: { attempts: campaign.attempts },
        clock: systemClock,
        chance: Math.random,
        stop,
        turn: eventLoopTurn,
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
