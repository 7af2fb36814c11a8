import type { ReadCampaign } from '../../campaign/read-campaign.js';
import type { Campaign } from '../../core/campaign.js';
import type { Plan } from '../../core/plan.js';
import type { RunObserver, Throttle } from '../../core/ports.js';
import type { CampaignRecord } from '../../ledger/campaign-records.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import type { Cli } from '../command.js';
import { showPlan } from '../plan/show-plan.js';
import { showProgress } from '../progress/show-progress.js';
import { ProgressTally } from '../progress/tally.js';
import type { Target } from '../target.js';
import type { SendDisplay } from './display.js';

/** What `send` shows and asks. */
export class SendScreen implements SendDisplay {
  readonly #cli: Cli;
  readonly #db: LedgerDatabase;
  readonly #read: ReadCampaign;
  readonly #target: Target;
  #tally: ProgressTally | null = null;

  constructor(cli: Cli, db: LedgerDatabase, read: ReadCampaign, target: Target) {
    this.#cli = cli;
    this.#db = db;
    this.#read = read;
    this.#target = target;
  }

  async confirm(campaign: Campaign, plan: Plan, rejectedFile: string | null): Promise<boolean> {
    const { terminal, say } = this.#cli;
    showPlan(campaign, plan, rejectedFile, this.#cli);
    if (!terminal.canAsk || plan.counts.pending === 0) return true;
    const { confirm } = await import('@inquirer/prompts');
    const message = say('send.question', { count: plan.counts.pending });
    return confirm({ message, default: false }, { output: process.stderr }).catch(() => false);
  }

  watch(plan: Plan, throttle: Throttle): { readonly observer: RunObserver; readonly close: () => void } {
    const tally = new ProgressTally(plan, throttle);
    this.#tally = tally;
    if (plan.counts.pending === 0) return { observer: tally.observer, close: () => undefined };
    let end = (): void => undefined;
    let closed = false;
    void showProgress(tally, this.#cli).then((close) => {
      end = close;
      if (closed) close();
    });
    const close = (): void => {
      closed = true;
      end();
    };
    return { observer: tally.observer, close };
  }

  async settleUncertain(record: CampaignRecord, signal: AbortSignal): Promise<void> {
    const { settleBeforeSend } = await import('../reconcile/settle-before-send.js');
    await settleBeforeSend(this.#cli, this.#db, this.#read.campaign, this.#target, record, signal);
  }

  /** The first signal was heard. */
  stopping(): void {
    const count = this.#tally?.inFlight ?? 0;
    this.#cli.terminal.aside(`\n${this.#cli.say('send.stopping', { count })}`);
  }

  /** The second signal was heard. */
  stoppedHard(): void {
    const count = this.#tally?.inFlight ?? 0;
    this.#cli.terminal.aside(`\n${this.#cli.say('send.stopped-hard', { count })}`);
  }
}
