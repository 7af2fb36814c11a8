import type { Owned } from '../../app/work/own-run.js';
import type { OwnedEnd } from '../../app/work/run-entered.js';
import type { ShownRun } from '../../app/work/work-runs.js';
import { type CampaignJson, haltedJson } from '../campaign-json.js';
import type { Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { maskingFor, runLogOf } from '../log/run-log.js';
import { notifyEnd } from '../notify/notify-end.js';
import { SendScreen } from '../send/send-screen.js';
import { toldEnd } from '../send/told-end.js';

type OwnedRun = Owned['run'];

/** Shows the runs that this computer owns, and tells how each ended, as `send --detach` would. */
export class WorkedRuns {
  readonly documents: CampaignJson[] = [];
  readonly #cli: Cli;
  readonly #screens = new Set<SendScreen>();

  constructor(cli: Cli) {
    // Several runs share one screen: lines, and no picture.
    this.#cli = { ...cli, terminal: { ...cli.terminal, live: false } };
  }

  /** A run begins to be shown. */
  begin(run: OwnedRun): ShownRun {
    const cli = this.#cli;
    const { entered, ledger, settings, target, left } = run;
    const log = runLogOf(entered.name, maskingFor(target, cli), cli);
    const options = { limit: left, log, yes: true, unattended: true };
    const screen = new SendScreen(cli, ledger, settings, target, options);
    screen.opened(run.record.id);
    this.#screens.add(screen);
    return {
      display: {
        begun: (runId) => screen.begun(runId),
        recovered: (count) => screen.recovered(count),
        ledgerBusy: (wait) => screen.ledgerBusy(wait),
        watch: (plan, throttle) => {
          const { name, by, host } = entered;
          cli.terminal.line(cli.translate('work.owns', { name, by, host, count: plan.counts.pending }));
          return screen.watch(plan, throttle);
        },
        settling: screen.settling,
        control: screen.control,
        askResend: null,
      },
      ended: async (end, skippedByReason) => {
        const document = this.#told(run, end, skippedByReason);
        this.documents.push(document);
        log?.ended(document);
        await this.#tellOthers(run, document);
      },
      close: () => this.#screens.delete(screen),
    };
  }

  /** The first signal was heard. */
  stopping(): void {
    for (const screen of this.#screens) screen.stopping();
  }

  /** The second signal was heard: what is known of each run. */
  async stoppedHard(): Promise<void> {
    for (const screen of this.#screens) this.documents.push(await screen.stoppedHard());
  }

  #told(
    { entered: { name, workspace }, left }: OwnedRun,
    end: OwnedEnd,
    skippedByReason: Readonly<Record<string, number>>,
  ): CampaignJson {
    const cli = this.#cli;
    const limited = left !== null;
    if (end.kind === 'ran')
      return toldEnd({ name, workspace, end, rejectedFile: null, skippedByReason, limited }, cli);
    const { terminal, translate } = cli;
    terminal.line(`${terminal.colours.red(translate('send.halted'))} ${translate(end.halt)}`);
    const halted = haltedJson(end.halt, translate);
    return { campaign: name, counts: end.counts, halted, exitCode: EXIT.halted };
  }

  /** A run that another computer goes on with has not ended. */
  async #tellOthers({ entered, ledger, settings, target }: OwnedRun, document: CampaignJson): Promise<void> {
    const cli = this.#cli;
    const { name, workspace } = entered;
    if (document.exitCode === EXIT.interrupted)
      return cli.terminal.line(cli.translate('work.goes-on', { name }));
    const { notifyWebhook: webhook } = settings;
    const masking = maskingFor(target, cli);
    const ended = { ledger, workspace, name };
    await notifyEnd({ webhook, document, ended, sandbox: false, masking }, cli);
  }
}
