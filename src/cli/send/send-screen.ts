import type { ReadCampaign } from '../../campaign/read-campaign.js';
import type { Campaign } from '../../core/campaign.js';
import { countsOf } from '../../core/counts.js';
import type { Plan } from '../../core/plan.js';
import type { Throttle } from '../../core/ports.js';
import type { CampaignRecord } from '../../ledger/campaign-records.js';
import { countDeliveries } from '../../ledger/counts.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import type { CampaignJson } from '../campaign-json.js';
import { systemClock } from '../clock.js';
import type { Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { observers } from '../log/observers.js';
import type { RunLog } from '../log/run-log.js';
import { type GoesTo, showPlan, throughOf } from '../plan/show-plan.js';
import { showProgress } from '../progress/show-progress.js';
import { ProgressTally } from '../progress/tally.js';
import type { Target } from '../target.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';
import type { SendDisplay, Watching } from './display.js';

/** What a screen shows and tells beside the run itself. */
export interface ScreenOptions {
  /** Most deliveries of this run, or null. */
  readonly limit: number | null;
  /** The run's log, or null when none was asked for. */
  readonly log: RunLog | null;
}

/** What `send` shows and asks. */
export class SendScreen implements SendDisplay {
  readonly #cli: Cli;
  readonly #db: LedgerDatabase;
  readonly #read: ReadCampaign;
  readonly #target: Target;
  readonly #options: ScreenOptions;
  readonly #startedMs = systemClock.monotonicMs();
  #tally: ProgressTally | null = null;
  #campaignId: number | null = null;
  #closeProgress = (): void => undefined;

  constructor(cli: Cli, db: LedgerDatabase, read: ReadCampaign, target: Target, options: ScreenOptions) {
    this.#cli = cli;
    this.#db = db;
    this.#read = read;
    this.#target = target;
    this.#options = options;
  }

  begun(runId: number, campaignId: number): void {
    this.#campaignId = campaignId;
    const { template, ratePerSecond } = this.#read.campaign;
    this.#options.log?.begun(runId, {
      template,
      workspace: this.#target.workspace,
      rate_per_second: ratePerSecond,
    });
  }

  recovered(count: number): void {
    this.#cli.terminal.line(this.#cli.say('send.recovered', { count }));
  }

  async confirm(campaign: Campaign, plan: Plan, rejectedFile: string | null): Promise<boolean> {
    const { terminal, say } = this.#cli;
    showPlan(campaign, plan, rejectedFile, this.#target, this.#cli);
    const count = Math.min(plan.counts.pending, this.#options.limit ?? Number.POSITIVE_INFINITY);
    if (!terminal.canAsk || count === 0) return true;
    const { confirm } = await import('@inquirer/prompts');
    const message = questionOf(count, this.#target, say);
    return confirm({ message, default: false }, { output: process.stderr }).catch(() => false);
  }

  async watch(plan: Plan, throttle: Throttle): Promise<Watching> {
    const { limit, log } = this.#options;
    const tally = new ProgressTally(plan, throttle, limit);
    this.#tally = tally;
    const observer = log === null ? tally.observer : observers(tally.observer, log.observer);
    if (plan.counts.pending === 0) return { observer, close: () => undefined };
    const end = await showProgress(tally, this.#cli);
    this.#closeProgress = () => {
      this.#closeProgress = () => undefined;
      end();
    };
    return { observer, close: () => this.#closeProgress() };
  }

  async settleUncertain(record: CampaignRecord, signal: AbortSignal): Promise<void> {
    const { settleBeforeSend } = await import('../reconcile/settle-before-send.js');
    await settleBeforeSend(this.#cli, this.#db, this.#read.campaign, this.#target, record, signal);
  }

  /** The first signal was heard. */
  stopping(): void {
    this.#tally?.stop();
    const count = this.#tally?.inFlight ?? 0;
    this.#tell(this.#cli.say('send.stopping', { count }));
  }

  /**
   * The second signal was heard: the last picture stays, and the message below it. The ledger is asked, because
   * outcomes of the last moment may not be on disk yet.
   *
   * @returns what is known of the campaign at that moment; `sending` is what the next run reads as uncertain
   */
  stoppedHard(): CampaignJson {
    this.#closeProgress();
    const counts = this.#campaignId === null ? countsOf({}, 0) : countDeliveries(this.#db, this.#campaignId);
    this.#tell(this.#cli.say('send.stopped-hard', { count: counts.sending }));
    const { sent, accepted } = this.#tally ?? { sent: 0, accepted: 0 };
    const durationMs = Math.round(systemClock.monotonicMs() - this.#startedMs);
    return {
      campaign: this.#read.campaign.name,
      counts,
      run: { sent, accepted, durationMs },
      halted: null,
      exitCode: EXIT.interrupted,
    };
  }

  /** On its own line, although the terminal echoed `^C` into the one before. */
  #tell(text: string): void {
    const { terminal } = this.#cli;
    terminal.aside(terminal.onScreen && !terminal.live ? `\n${text}` : text);
  }
}

/** Names the server and the workspace: they are what a person cannot see from the list. */
function questionOf(count: number, goesTo: GoesTo, say: Cli['say']): string {
  return goesTo.workspace === SANDBOX_WORKSPACE
    ? say('send.question-sandbox', { count })
    : say('send.question', { count, ...throughOf(goesTo) });
}
