import type { ControlObserver } from '../../app/reconcile/control-message.js';
import type { SendDisplay, Watching } from '../../app/send/display.js';
import { ProgressTally } from '../../app/send/progress-tally.js';
import type { Target } from '../../app/target.js';
import { SANDBOX_WORKSPACE } from '../../app/workspace.js';
import type { Campaign } from '../../core/campaign.js';
import { countsOf } from '../../core/counts.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { Plan, PlanCounts } from '../../core/plan.js';
import type { RunObserver, Throttle, Wait } from '../../core/ports.js';
import type { Problem } from '../../core/problem.js';
import { askYesNo } from '../ask-yes-no.js';
import type { CampaignJson } from '../campaign-json.js';
import type { Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import type { RunLog } from '../log/run-log.js';
import { showPlan, throughOf } from '../plan/show-plan.js';
import { printProblems } from '../problems.js';
import { showProgress } from '../progress/show-progress.js';
import { showAccepted } from '../reconcile/accepted-shown.js';
import { askResend, controlShown, showSettled } from '../reconcile/settle-shown.js';

/** What a screen shows and tells beside the run itself. */
export interface ScreenOptions {
  /** Most deliveries of this run, or null. */
  readonly limit: number | null;
  /** Nothing is asked before the first message. */
  readonly yes: boolean;
  /** The same command sends others, too: what it accepts may be meant for them. */
  readonly isOneOfMany?: boolean;
  /** Nobody is there to be asked anything. */
  readonly unattended?: boolean;
  /** The run's log, or null when none was asked for. */
  readonly log: RunLog | null;
}

/** What it shows of a campaign. */
type ShownCampaign = Pick<Campaign, 'name' | 'template' | 'ratePerSecond'>;

/** What `send` shows and asks. */
export class SendScreen implements SendDisplay {
  readonly #cli: Cli;
  readonly #ledger: Ledger;
  readonly #campaign: ShownCampaign;
  readonly #target: Target;
  readonly #options: ScreenOptions;
  readonly #startedMs: number;
  #tally: ProgressTally | null = null;
  #campaignId: number | null = null;
  #closeProgress = (): void => undefined;
  #unanswered: 'nobody-there' | 'interrupted' | null = null;
  readonly #stopped = new AbortController();

  constructor(cli: Cli, ledger: Ledger, campaign: ShownCampaign, target: Target, options: ScreenOptions) {
    this.#cli = cli;
    this.#startedMs = cli.clock.monotonicMs();
    this.#ledger = ledger;
    this.#campaign = campaign;
    this.#target = target;
    this.#options = options;
  }

  opened(campaignId: number): void {
    this.#campaignId = campaignId;
  }

  begun(runId: number): void {
    const { template, ratePerSecond } = this.#campaign;
    this.#options.log?.begun(runId, {
      template,
      workspace: this.#target.workspace,
      rate_per_second: ratePerSecond,
    });
  }

  recovered(count: number): void {
    this.#cli.terminal.line(this.#cli.translate('send.recovered', { count }));
  }

  ledgerBusy(wait: Wait): void {
    const { terminal, translate } = this.#cli;
    terminal.aside(translate('progress.waiting', { what: translate(wait) }));
  }

  acceptedForNothing(name: string): void {
    if (this.#options.isOneOfMany === true) return;
    const { terminal, translate, ledgerFile: file } = this.#cli;
    terminal.aside(`${translate('cli.note')} ${translate('ledger.not-needed', { name, file })}`);
  }

  waitsInLine(owner: Problem): void {
    const { terminal, translate } = this.#cli;
    const waits = owner.code === 'lock.sender' ? { ...owner, code: 'send.in-line' as const } : owner;
    terminal.aside(translate(waits));
  }

  get control(): ControlObserver {
    return controlShown(this.#cli);
  }

  async confirm(campaign: Campaign, plan: Plan, rejectedFile: string | null): Promise<boolean> {
    const { terminal, translate } = this.#cli;
    showPlan(campaign, plan, rejectedFile, this.#target, this.#cli);
    const count = Math.min(plan.counts.pending, this.#options.limit ?? Number.POSITIVE_INFINITY);
    const asks = !this.#options.yes && count > 0 && this.#target.workspace !== SANDBOX_WORKSPACE;
    if (!asks) return true;
    if (!terminal.canAsk) {
      this.#unanswered = 'nobody-there';
      return false;
    }
    const begins = plan.startsAt !== null && plan.startsAt > this.#cli.clock.now() ? plan.startsAt : null;
    const message = translate('send.question', {
      count,
      campaign: campaign.name,
      ...throughOf(this.#target),
      when: begins === null ? 'now' : 'later',
      from: begins ?? 0,
    });
    return askYesNo(message, this.#cli, this.#stopped.signal).catch(() => {
      this.#unanswered = 'interrupted';
      return false;
    });
  }

  /** Why the question before the first message got no answer; null: it got one, or there was none. */
  get unanswered(): 'nobody-there' | 'interrupted' | null {
    return this.#unanswered;
  }

  async watch(plan: PlanCounts, throttle: Throttle): Promise<Watching> {
    const { limit, log } = this.#options;
    const tally = new ProgressTally(plan, throttle, limit);
    this.#tally = tally;
    const observer = log === null ? tally.observer : observers(tally.observer, log.observer);
    const { pending, uncertain, accepted } = plan.counts;
    if (pending + uncertain + accepted > 0) await this.#showProgress(tally);
    return { observer, close: () => this.#closeProgress() };
  }

  get askResend(): SendDisplay['askResend'] {
    const asks = this.#options.unattended !== true && this.#cli.terminal.canAsk;
    return asks ? (...asked) => this.#askResend(...asked) : null;
  }

  /** Nobody may be there any more: a question that is not answered while the run waits for it is a no. */
  async #askResend(count: number, withinMs: number): Promise<boolean> {
    this.#closeProgress();
    const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(withinMs)]);
    const again = await askResend(count, this.#cli, signal);
    const tally = this.#tally;
    if (!again || tally === null) return again;
    tally.goOn();
    await this.#showProgress(tally);
    return true;
  }

  async #showProgress(tally: ProgressTally): Promise<void> {
    const end = await showProgress(tally, this.#target.workspace, this.#cli);
    this.#closeProgress = () => {
      this.#closeProgress = () => undefined;
      end();
    };
  }

  get settling(): SendDisplay['settling'] {
    const { terminal, translate, cwd } = this.#cli;
    return {
      reading: (progress) => this.#tally?.reading(progress),
      settled: (report) => {
        this.#tally?.cameBack(report.requeued);
        if (report.uncertain > 0) showSettled(report, this.#cli);
        const { name } = this.#campaign;
        showAccepted(report, { name, workspace: this.#target.workspace }, this.#cli);
      },
      failed: (problems) => printProblems(problems, terminal, translate, cwd),
    };
  }

  /** The first signal was heard. */
  stopping(): void {
    this.#stopped.abort();
    this.#tally?.stop();
    const count = this.#tally?.inFlight ?? 0;
    this.#tell(this.#cli.translate('send.stopping', { count }));
  }

  /**
   * The second signal was heard: the last picture stays, and the message below it. The ledger is asked, because
   * outcomes of the last moment may not be on disk yet.
   *
   * @returns what is known of the campaign at that moment; `sending` is what the next run reads as uncertain
   */
  async stoppedHard(): Promise<CampaignJson> {
    this.#closeProgress();
    const id = this.#campaignId;
    const counts = id === null ? countsOf({}, 0) : await this.#ledger.campaigns.counts(id);
    this.#tell(this.#cli.translate('send.stopped-hard', { count: counts.sending }));
    const { sent, accepted } = this.#tally ?? { sent: 0, accepted: 0 };
    const durationMs = Math.round(this.#cli.clock.monotonicMs() - this.#startedMs);
    return {
      campaign: this.#campaign.name,
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

/** Several observers as one. */
function observers(...all: readonly RunObserver[]): RunObserver {
  const each = (tell: (one: RunObserver) => void): void => {
    for (const one of all) tell(one);
  };
  return {
    claimed: (deliveries) => each((one) => one.claimed(deliveries)),
    recorded: (...what) => each((one) => one.recorded(...what)),
    waiting: (wait) => each((one) => one.waiting(wait)),
  };
}
