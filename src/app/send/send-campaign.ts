import { type CampaignRecord, SENT_BEFORE } from '../../core/ledger/campaigns.js';
import { LedgerError } from '../../core/ledger/ledger.js';
import { type HeldLock, isLocked } from '../../core/ledger/locks.js';
import type { SharedRuns } from '../../core/ledger/shared-runs.js';
import { type Plan, readAsOf } from '../../core/plan.js';
import type { RunLedger } from '../../core/ports.js';
import { ok, type Problem, type Result } from '../../core/problem.js';
import { LEDGER_BUSY } from '../../run/busy-ledger.js';
import { CANCELED } from '../../run/control-poller.js';
import type { Delivered } from '../../run/deliver-ports.js';
import { NOTHING, type RunEnd, type RunSteps, runCampaign } from '../../run/run-campaign.js';
import { acceptTakenOut } from '../actions/taken-out-memory.js';
import { requireApproved } from '../approval/require-approved.js';
import { lockPlaces, releaseLocks, stateDirOf, takeLocks } from '../locks.js';
import { makePlan } from '../plan/make-plan.js';
import { digestAsShown, requirePlan } from '../plan/plan-digest.js';
import { inLine, leaveEnded, standsInLine } from '../work/in-line.js';
import { storedSettings } from '../work/run-settings.js';
import { type OwnEntry, takeBack } from '../work/take-back.js';
import { SANDBOX_WORKSPACE, senderOf } from '../workspace.js';
import { LedgerWait } from './busy-ledger.js';
import { CampaignDelivery } from './deliver-run.js';
import { type Imported, importFile } from './import-file.js';
import { allowLedger, ledgerQuestion } from './known-ledger.js';
import type { RunDeps, SendDeps, SentCampaign } from './send-deps.js';
import { campaignEntry, objectionTo } from './send-refusals.js';

/** Sends one campaign: every step of the main path gets what it stands on here. */
export async function sendCampaign(deps: SendDeps): Promise<SentCampaign> {
  const { app, ledger, target, read } = deps;
  const { name } = read.campaign;
  const stateDir = stateDirOf(app, target.workspace);
  if (!stateDir.ok) return unusable(stateDir.problems);
  const known = ledgerQuestion(ledger, read.campaign, target, app);
  if (!known.ok) return unusable(known.problems);
  const sender = senderOf(target.baseUrl, target.workspace);
  const locks = lockPlaces(app.besideLedger, stateDir.value, { workspace: target.workspace, name }, sender);
  const run = new CampaignRun({ ...deps, known: known.value, stateDir: stateDir.value, locks });
  try {
    const end = await run.lastWords(await run.ran());
    return {
      end,
      locked: run.locked,
      rejectedFile: run.imported?.rejectedFile ?? null,
      // Of a run that was not begun nobody asks, and the ledger may be away: why stands in its end.
      skippedByReason: end.kind === 'unusable' ? {} : await run.skippedByReason(),
    };
  } finally {
    await run.release();
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
  /** Set once it is about to stand in a ledger that machines share. */
  #entry: Pick<OwnEntry, 'lastAttemptId'> | null = null;
  /** The ledger may have lost what was sent of the campaign before it knew it. */
  #sentBefore = false;
  /** Of the plan that is sent. */
  #digest = '';
  /** As it stood before the plan was counted: whoever resumes a canceled campaign after that makes people pending whom no plan showed. */
  #control: CampaignRecord['control'] = 'go';
  #open: { readonly record: CampaignRecord; readonly delivery: CampaignDelivery } | null = null;

  constructor(deps: RunDeps) {
    this.#deps = deps;
    this.#ledgerWait = new LedgerWait(deps.app, () => deps.display.ledgerBusy(LEDGER_BUSY));
  }

  steps(): RunSteps<Plan> {
    const { app, display, read, ledger } = this.#deps;
    return {
      now: () => app.clock.now(),
      monotonicMs: () => app.clock.monotonicMs(),
      lock: () => this.#lock(),
      open: () => this.#openCampaign(),
      recover: () => this.#recover(),
      plan: () => this.#plan(),
      balance: () => ledger.runs.balance(this.#opened().record.id),
      objection: ({ counts }) => objectionTo(read.campaign, this.#control, counts.rejected),
      confirm: (plan) => display.confirm(read.campaign, plan, this.imported?.rejectedFile ?? null),
      own: () => this.#own(),
      begin: () => this.#opened().delivery.begin(() => this.#approved()),
      deliver: (run, plan) => this.#deliver(run, plan),
      ledgerBusy: () => this.#ledgerWait.aMoment(),
    };
  }

  /** How it ended; a ledger that could not be reached before anything was sent is a problem, and leaves nothing to machines. */
  async ran(): Promise<RunEnd<Plan>> {
    try {
      return await runCampaign<Plan>(this.steps());
    } catch (error) {
      const mayHaveSent = this.#open?.delivery.mayHaveSent ?? false;
      if (!(error instanceof LedgerError) || this.#entry === null || mayHaveSent) throw error;
      const stays = await this.#takenBack(this.#entry);
      if (stays.length === 0) throw error;
      this.#entry = null;
      return { kind: 'unusable', problems: [error.problem, ...stays] };
    }
  }

  async release(): Promise<void> {
    this.#open?.delivery.close();
    await releaseLocks(this.#locks);
  }

  async lastWords(end: RunEnd<Plan>): Promise<RunEnd<Plan>> {
    if (this.#open === null) return end;
    const { record, delivery } = this.#open;
    const said = await delivery.lastWords(end);
    const { shared } = this.#deps.ledger;
    if (shared === null) return said;
    if (said.kind === 'unusable' && this.#entry !== null)
      return { ...said, problems: [...said.problems, ...(await this.#takenBack(this.#entry))] };
    // Who stops a `send` stops the campaign: no other machine goes on with it.
    if (said.kind === 'ran' && delivery.runId !== null) {
      const halt = said.delivered.halt?.code ?? null;
      await leaveEnded(shared, { campaignId: record.id, runId: delivery.runId, halt });
    }
    return said;
  }

  async skippedByReason(): Promise<Readonly<Record<string, number>>> {
    return this.#open === null ? {} : this.#deps.ledger.campaigns.skippedByReason(this.#open.record.id);
  }

  #opened(): { readonly record: CampaignRecord; readonly delivery: CampaignDelivery } {
    if (this.#open === null) throw new Error('the campaign is not open yet');
    return this.#open;
  }

  async #lock(): Promise<Result<null>> {
    const { app, ledger, locks, read, known, options, display } = this.#deps;
    const { name } = read.campaign;
    // A sender that several machines share is waited for once a person has said yes.
    const asked = ledger.shared === null ? (['campaign', 'sender'] as const) : (['campaign'] as const);
    const taken = await takeLocks(app, ledger, locks, name, asked);
    if (!taken.ok) {
      this.locked = isLocked(taken.problems);
      return taken;
    }
    this.#locks = taken.value;
    if (known === null) return ok(null);
    const accept = options.acceptLedger;
    const allowed = await allowLedger(known, accept, app, () => display.acceptedForNothing(name));
    if (!allowed.ok) return allowed;
    this.#sentBefore = allowed.value.isBehind;
    return ok(null);
  }

  /** Several machines share the ledger: the run stands in it from here on, and waits until no other one owns the sender. */
  async #own(): Promise<Result<boolean>> {
    const { app, ledger, locks, read, target, options, display, stop } = this.#deps;
    const { shared } = ledger;
    if (shared === null) return ok(true);
    const { campaign } = read;
    const take = () => takeLocks(app, ledger, locks, campaign.name, ['sender']);
    const free = options.noWait ? await take() : ok(null);
    if (!free.ok) {
      this.locked = isLocked(free.problems);
      return free;
    }
    // Nobody else has the sandbox of this machine.
    if (target.workspace !== SANDBOX_WORKSPACE) await this.#enter(shared);
    const owned =
      free.value === null
        ? await inLine({ take, waits: (owner) => display.waitsInLine(owner), stop, app })
        : free;
    if (!owned.ok) return owned;
    this.#locks = [...this.#locks, ...(owned.value ?? [])];
    return ok(owned.value !== null);
  }

  async #enter(shared: SharedRuns): Promise<void> {
    const { app, ledger, read, target, options } = this.#deps;
    const { limit, noWait } = options;
    const campaignId = this.#opened().record.id;
    const last = await ledger.identity.lastAttempt(campaignId);
    this.#entry = { lastAttemptId: last?.attemptId ?? null };
    await shared.enter({
      ...app.process,
      campaignId,
      sender: senderOf(target.baseUrl, target.workspace),
      settings: storedSettings(read.campaign),
      planDigest: this.#digest,
      most: limit.most === null ? null : limit.left(),
      noWait,
      by: app.operator,
    });
  }

  /** Takes it out of the line again: who is told that nothing was sent can rely on that. What cannot be taken back is told. */
  async #takenBack(entry: Pick<OwnEntry, 'lastAttemptId'>): Promise<readonly Problem[]> {
    const { app, ledger, locks: places, target } = this.#deps;
    const { record, delivery } = this.#opened();
    const { workspace } = target;
    const own = { ...entry, record, workspace, runId: delivery.runId };
    const { stays, locks } = await takeBack(own, this.#locks, { app, ledger, places });
    this.#locks = locks;
    return stays;
  }

  async #openCampaign(): Promise<Result<null>> {
    const { app, ledger, read, target, options, display, stop } = this.#deps;
    const { campaign } = read;
    const free = await this.#ledgerWait.untilFree(ledger, stop);
    if (!free.ok) return free;
    const room = await ledger.runs.reserve();
    if (!room.ok) return room;
    const entry = campaignEntry(campaign, target);
    const at = this.#sentBefore ? SENT_BEFORE : app.clock.now();
    const opened = await ledger.campaigns.open(entry, options.acceptChanges, at);
    if (!opened.ok) return opened;
    const delivery = new CampaignDelivery(
      { ...this.#deps, campaign, ledgerWait: this.#ledgerWait },
      opened.value,
    );
    this.#open = { record: opened.value, delivery };
    display.opened(opened.value.id);
    return ok(null);
  }

  async #recover(): Promise<void> {
    const { app, ledger, display } = this.#deps;
    const recovered = await ledger.runs.recover(this.#opened().record.id, app.clock.now());
    if (recovered > 0) display.recovered(recovered);
  }

  async #plan(): Promise<Result<Plan>> {
    const { app, ledger, read, target, options } = this.#deps;
    const { record } = this.#opened();
    const at = app.clock.now();
    await ledger.shared?.planned(record.id, null);
    const imported = await importFile(ledger, record, read, app);
    if (!imported.ok) return imported;
    this.imported = imported.value;
    const listed = await app.recipientFiles.suppressed(read.campaign);
    if (!listed.ok) return listed;
    // Anew at every send, so that an edited file counts.
    await ledger.lists.replaceOfCampaign(record, listed.value.people, at);
    const { perDay, perRecipient } = read.campaign.limits;
    const confirmedAt = options.confirmedAt(read.campaign.name);
    const held = { workspace: target.workspace, limit: perRecipient, at, confirmedAt };
    await ledger.imports.takeOut(record.id, held);
    const { changedAfterAccepted, file, digest: recipients } = imported.value;
    const notices = [...imported.value.notices, ...listed.value.notices];
    const readAs = readAsOf(file);
    // Anew, too: somebody may have spoken while the list was read.
    this.#control = ((await ledger.campaigns.find(record)) ?? record).control;
    const facts = await ledger.imports.planFacts(record.id);
    const known = {
      columns: file.columns,
      basis: { recipients, suppressed: listed.value.people, target },
      warnings: await ledger.campaigns.warnings(record, at),
      dailyUse: perDay === null ? null : await ledger.campaigns.dailyUse(target.workspace, perDay, at),
    };
    const plan = await makePlan(read, { ...facts, notices, changedAfterAccepted, readAs }, known, at, app);
    if (!plan.ok) return plan;
    const { expectPlan } = options;
    const same =
      expectPlan === null ? ok(null) : requirePlan(expectPlan, digestAsShown(plan.value, expectPlan));
    if (!same.ok) return same;
    const approval = await ledger.approvals.last(record);
    this.#digest = digestAsShown(plan.value, approval?.planDigest);
    await ledger.shared?.planned(record.id, this.#digest);
    const approved = await this.#approved();
    return approved.ok ? plan : approved;
  }

  /**
   * What a ledger lacks that was accepted is not asked about any more once it is sent from. A cancel took what was confirmed out of
   * the line, also where the campaign was resumed by the time of its turn.
   */
  async #deliver(run: RunLedger, plan: Plan): Promise<Delivered> {
    const { app, ledger, target, options } = this.#deps;
    const { shared } = ledger;
    const isOut =
      shared !== null && this.#entry !== null && !(await standsInLine(shared, this.#opened().record.id));
    if (isOut) return { ...NOTHING, halt: CANCELED };
    if (options.acceptLedger) await acceptTakenOut(ledger, target.workspace, app);
    return this.#opened().delivery.deliver(run, plan);
  }

  /** Asked before anybody is, and right before the run begins: it may have been voided meanwhile. */
  #approved(): Promise<Result<null>> {
    const { app, ledger } = this.#deps;
    return requireApproved(ledger, this.#opened().record, this.#digest, app);
  }
}
