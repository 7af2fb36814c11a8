import { hostname } from 'node:os';
import type { ReadCampaign } from '../../campaign/read-campaign.js';
import { Breaker } from '../../core/breaker.js';
import type { Halt } from '../../core/halt.js';
import { type Plan, readAsOf } from '../../core/plan.js';
import type { RunLedger, Written } from '../../core/ports.js';
import { ok, type Result } from '../../core/problem.js';
import { type CampaignRecord, openCampaign } from '../../ledger/campaign-records.js';
import { dailyUse } from '../../ledger/daily-cap.js';
import { applyFrequencyLimit } from '../../ledger/frequency.js';
import { growWal } from '../../ledger/grow-wal.js';
import { LedgerThread } from '../../ledger/ledger-thread.js';
import type { HeldLock } from '../../ledger/lock.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import { planFacts, skippedByReason } from '../../ledger/plan-facts.js';
import { ledgerWarnings } from '../../ledger/plan-warnings.js';
import { SqliteRunLedger } from '../../ledger/run-ledger.js';
import { balanceOf, startRun } from '../../ledger/runs.js';
import { applySuppressions } from '../../ledger/suppressions.js';
import { importWritingIn, runWritingIn } from '../../ledger/threaded-writing.js';
import { PlazbotSender } from '../../providers/plazbot/sender.js';
import { ConnectionWatch } from '../../run/connection-watch.js';
import { ControlWatch } from '../../run/control-watch.js';
import { deliver } from '../../run/deliver.js';
import type { Delivered } from '../../run/deliver-ports.js';
import { type RunEnd, type RunSteps, runCampaign } from '../../run/run-campaign.js';
import { RunLimit } from '../../run/run-limit.js';
import { eventLoopTurn, systemClock } from '../clock.js';
import type { Cli } from '../command.js';
import { makePlan } from '../plan/make-plan.js';
import type { Target } from '../target.js';
import { senderOf } from '../workspace.js';
import { LedgerWait, whileSending, writtenBy } from './busy-ledger.js';
import { canaryLook } from './canary-look.js';
import type { SendDisplay } from './display.js';
import { gatesOf } from './gates.js';
import type { Handover } from './handover.js';
import { keepYoungGeneration } from './heap.js';
import { type Imported, importFile } from './import-file.js';
import { type LockPlaces, takeLocks } from './locks.js';
import { senderThrottle } from './sender-throttle.js';
import { loadSuppressFiles } from './suppress-files.js';

/** Options of one run. */
export interface RunOptions {
  readonly limit: number | null;
  readonly noWait: boolean;
  readonly acceptChanges: boolean;
  /** Who sends what is confirmed. */
  readonly handover: Handover;
}

/** Everything that one run of one campaign stands on. */
export interface RunSurroundings {
  readonly cli: Cli;
  readonly db: LedgerDatabase;
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
      end: await runCampaign(run.steps()),
      locked: run.locked,
      rejectedFile: run.imported?.rejectedFile ?? null,
      skippedByReason: run.skippedByReason(),
    };
  } finally {
    await run.release();
  }
}

class CampaignRun {
  locked = false;
  imported: Imported | null = null;
  readonly #around: RunSurroundings;
  readonly #thread: LedgerThread;
  readonly #ledgerWait: LedgerWait;
  #locks: readonly HeldLock[] = [];
  #record: CampaignRecord | null = null;

  constructor(around: RunSurroundings) {
    this.#around = around;
    this.#thread = new LedgerThread(around.db.name);
    this.#ledgerWait = new LedgerWait(around.cli);
  }

  steps(): RunSteps {
    const { display, read } = this.#around;
    return {
      now: () => systemClock.now(),
      monotonicMs: () => systemClock.monotonicMs(),
      lock: () => Promise.resolve(this.#lock()),
      begin: () => this.#begin(),
      recovered: (count) => display.recovered(count),
      settleUncertain: () => display.settleUncertain(this.#opened(), this.#around.stop),
      plan: () => this.#plan(),
      balance: () => Promise.resolve(balanceOf(this.#around.db, this.#opened().id)),
      confirm: (plan) => display.confirm(read.campaign, plan, this.imported?.rejectedFile ?? null),
      objection: (plan) => this.#objection(plan),
      deliver: (ledger, plan) => whileSending(this.#around.db, () => this.#deliver(ledger, plan)),
      ledgerBusy: () => this.#ledgerWait.aMoment(),
    };
  }

  async release(): Promise<void> {
    await this.#thread.close();
    for (const lock of this.#locks) lock.release();
  }

  skippedByReason(): Readonly<Record<string, number>> {
    return this.#record === null ? {} : skippedByReason(this.#around.db, this.#record.id);
  }

  #opened(): CampaignRecord {
    if (this.#record === null) throw new Error('the campaign is not open yet');
    return this.#record;
  }

  #lock(): Result<null> {
    const { locks, read } = this.#around;
    const taken = takeLocks(locks, read.campaign.name, systemClock.now());
    if (!taken.ok) {
      this.locked = taken.problems.some(({ code }) => code === 'lock.campaign' || code === 'lock.sender');
      return taken;
    }
    this.#locks = taken.value;
    return ok(null);
  }

  async #begin(): Promise<Result<RunLedger>> {
    const { db, read, target, options, display } = this.#around;
    const { campaign } = read;
    const at = systemClock.now();
    const { name, file, template, type, campaignName } = campaign;
    const entry = {
      workspace: target.workspace,
      name,
      baseUrl: target.baseUrl,
      file,
      template,
      type,
      campaignName,
    };
    const free = await this.#ledgerWait.untilFree(db, this.#around.stop);
    if (!free.ok) return free;
    const grown = growWal(db);
    if (!grown.ok) return grown;
    const opened = openCampaign(db, entry, options.acceptChanges, at);
    if (!opened.ok) return opened;
    this.#record = opened.value;
    const run = { pid: process.pid, host: hostname(), at, ratePerSecond: campaign.ratePerSecond };
    const runId = startRun(db, opened.value.id, run);
    display.begun(runId, opened.value.id);
    const limit = campaign.limits.perRecipient;
    const started = { runId, campaignId: opened.value.id, workspace: target.workspace, limit };
    const writing = await runWritingIn(this.#thread, started);
    keepYoungGeneration();
    return ok(new SqliteRunLedger(db, started, writing));
  }

  async #plan(): Promise<Result<Plan>> {
    const { db, read, target, cli } = this.#around;
    const record = this.#opened();
    const at = systemClock.now();
    const imported = await importFile(db, importWritingIn(this.#thread), record, read, cli.say, at);
    if (!imported.ok) return imported;
    this.imported = imported.value;
    const listed = await loadSuppressFiles(db, read.campaign, record, at);
    if (!listed.ok) return listed;
    applySuppressions(db, target.workspace, record.id, at);
    applyFrequencyLimit(db, record.id, target.workspace, read.campaign.limits.perRecipient, at);
    const { changedAfterAccepted, file } = imported.value;
    const notices = [...file.notices, ...listed.value];
    const readAs = readAsOf(file);
    const facts = { ...planFacts(db, record.id), notices, changedAfterAccepted, readAs };
    const { perDay } = read.campaign.limits;
    const ledger = {
      warnings: ledgerWarnings(db, record, at),
      dailyUse: perDay === null ? null : dailyUse(db, target.workspace, perDay, at),
    };
    return makePlan(read.campaign, facts, ledger, at);
  }

  #objection(plan: Plan): Halt | null {
    const { campaign } = this.#around.read;
    if (this.#opened().control === 'paused') return { code: 'halt.paused', params: {} };
    if (this.#opened().control === 'canceled' && plan.counts.pending > 0)
      return { code: 'halt.canceled', params: {} };
    if (campaign.onRejected === 'stop' && plan.counts.rejected > 0) {
      return { code: 'halt.rejected', params: { count: plan.counts.rejected } };
    }
    return null;
  }

  async #deliver(ledger: RunLedger, plan: Plan): Promise<Delivered> {
    const { db, read, target, options, stop, display } = this.#around;
    const { campaign } = read;
    const record = this.#opened();
    const { throttle, close } = senderThrottle(
      db,
      senderOf(target.baseUrl, target.workspace),
      campaign,
      systemClock,
    );
    const sender = new PlazbotSender({
      baseUrl: target.baseUrl,
      workspaceId: target.workspaceId,
      apiKey: target.apiKey,
      template: campaign.template,
      type: campaign.type,
      campaignName: campaign.campaignName,
      api: campaign.provider.api,
      timeoutMs: campaign.timeoutMs,
      clock: systemClock,
    });
    const lookAtList = (): Promise<Written> =>
      writtenBy(async () => {
        const { uncertain } = await ledger.counts();
        if (uncertain > 0) await display.settleUncertain(record, stop);
        await canaryLook({ db, campaign, target, record, stop });
      }, db);
    const around = {
      db,
      campaignId: record.id,
      workspace: target.workspace,
      noWait: options.noWait,
      ledgerBusy: () => this.#ledgerWait.aMoment(),
      lookAtList,
    };
    const watching = await display.watch(plan, throttle);
    keepYoungGeneration();
    try {
      return await deliver({
        ledger,
        sender,
        throttle,
        gates: await gatesOf(campaign, around),
        breaker: new Breaker(campaign.stopWhen),
        connections: new ConnectionWatch(target.baseUrl),
        control: new ControlWatch(ledger, systemClock, options.noWait),
        observer: watching.observer,
        concurrency: campaign.concurrency,
        limit: new RunLimit(options.limit),
        policy: { attempts: campaign.attempts },
        clock: systemClock,
        chance: Math.random,
        stop,
        turn: eventLoopTurn,
      });
    } finally {
      watching.close();
      await close();
      await sender.close();
    }
  }
}
