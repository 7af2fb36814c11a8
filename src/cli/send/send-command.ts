import { readPlanDigest } from '../../app/plan/plan-digest.js';
import {
  type OpenForSending,
  openForSending,
  type SendableCampaign,
  type SendRequest,
} from '../../app/send/open-for-sending.js';
import { sendCampaign } from '../../app/send/send-campaign.js';
import type { RunOptions, SentCampaign } from '../../app/send/send-deps.js';
import { typedCommand } from '../../app/typed-command.js';
import { SANDBOX_WORKSPACE } from '../../app/workspace.js';
import { countsOf } from '../../core/counts.js';
import { isPassing } from '../../core/ledger/database-address.js';
import { LedgerError } from '../../core/ledger/ledger.js';
import { ok, type Problem } from '../../core/problem.js';
import { type CampaignJson, documentOf } from '../campaign-json.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT, highest } from '../exit-codes.js';
import { maskingFor, runLogOf } from '../log/run-log.js';
import { notifyEnd } from '../notify/notify-end.js';
import { orFail, printProblems } from '../problems.js';
import { runOptions } from '../run-options.js';
import { sendConfirmed } from './detached-child.js';
import { type Handover, SENDS_ITSELF } from './handover.js';
import { launchIn, sendLaunched } from './launched-child.js';
import { SendScreen } from './send-screen.js';
import type { ShownEnd } from './show-end.js';
import { listenForStop } from './stop-signals.js';
import { toldEnd } from './told-end.js';

/** `send`: plan, then apply, one campaign after the other. */
export async function sendCommand(args: Args, cli: Cli): Promise<number> {
  const place = { paths: args.texts('campaign'), sandbox: args.flag('sandbox') };
  const send = (handover: Handover): Promise<number> => sendPlaces(place, args, cli, handover);
  const launch = launchIn(cli.host.env);
  return launch === null ? sendConfirmed(cli.host.env, send) : sendLaunched(launch, send, cli);
}

/**
 * Sends the campaigns in these places; `retry` uses it after it put deliveries back to pending.
 *
 * @param handover who sends what is confirmed; left out: this process
 */
export async function sendPlaces(
  place: Pick<SendRequest, 'paths' | 'sandbox'>,
  args: Args,
  cli: Cli,
  handover: Handover = SENDS_ITSELF,
): Promise<number> {
  const { limit, ...overrides } = runOptions(args);
  const acceptLedger = args.flag('accept-ledger');
  const expected = args.text('expect-plan');
  if (expected !== null && place.paths.length > 1)
    throw new CommandFailure(EXIT.unusable, [{ code: 'plan.one-campaign' }]);
  const options: SendOptions = {
    noWait: args.raw('wait') === false,
    acceptChanges: args.flag('accept-changes'),
    acceptLedger,
    acceptFailover: args.flag('accept-failover'),
    expectPlan: expected === null ? null : orFail(readPlanDigest(expected)),
    confirmedAt: (campaign) => handover.confirmedAt(campaign),
    handover,
    yes: args.flag('yes'),
  };
  const waitAgain = cli.terminal.neverWait();
  try {
    const request = { ...place, overrides, acceptLedger, limit };
    return orFail(await openForSending(request, cli, async (open) => ok(await sendAll(open, options, cli))));
  } finally {
    waitAgain();
  }
}

/** Options of a `send`; `handover`: who sends what is confirmed; `yes`: nothing is asked. */
type SendOptions = Omit<RunOptions, 'limit'> & { readonly handover: Handover; readonly yes: boolean };

async function sendAll(
  { campaigns, ...opened }: OpenForSending,
  options: SendOptions,
  cli: Cli,
): Promise<number> {
  const documents: CampaignJson[] = [];
  const tell = (ended: readonly CampaignJson[]): number => {
    const exitCode = highest(ended.map((document) => document.exitCode));
    const told = options.handover.tells(ended);
    if (cli.terminal.json && !told) cli.terminal.document(documentOf(ended, campaigns.length, exitCode));
    return exitCode;
  };
  for (const campaign of campaigns) {
    const turn: Turn = {
      cli,
      opened,
      options,
      alone: campaigns.length === 1,
      stoppedHard: (document) => tell([...documents, document]),
    };
    const document = await sendInTurn(campaign, turn);
    documents.push(document);
    if (document.exitCode === EXIT.interrupted || !opened.watch.isThere()) break;
  }
  return tell(documents);
}

/** What the sending of one campaign among others stands on. */
interface Turn {
  readonly cli: Cli;
  readonly opened: Omit<OpenForSending, 'campaigns'>;
  readonly options: SendOptions;
  /** There are no others. */
  readonly alone: boolean;
  /** A second signal ends the process: what is known of this campaign is told before. */
  readonly stoppedHard: (document: CampaignJson) => void;
}

/** What one campaign came to; its failure takes nothing away from what is told of the others. */
async function sendInTurn(campaign: SendableCampaign, turn: Turn): Promise<CampaignJson> {
  const { cli } = turn;
  try {
    return await sendOne(campaign, turn);
  } catch (error) {
    if (turn.alone || !(error instanceof CommandFailure)) throw error;
    const { problems, exitCode } = error;
    printProblems(problems, cli.terminal, cli.translate, cli.cwd);
    const [first] = problems;
    const halted = first === undefined ? null : { code: first.code, message: cli.translate(first) };
    return { campaign: campaign.read.campaign.name, counts: countsOf({}, 0), halted, exitCode };
  }
}

async function sendOne(sendable: SendableCampaign, turn: Turn): Promise<CampaignJson> {
  const { read, target } = sendable;
  const { cli, opened, options, alone, stoppedHard } = turn;
  const { ledger, watch, limit } = opened;
  const { name } = read.campaign;
  const log = runLogOf(name, maskingFor(target, cli), cli);
  const most = limit.most === null ? null : limit.left();
  const shown = { limit: most, log, yes: options.yes, isOneOfMany: !alone };
  const screen = new SendScreen(cli, ledger, read.campaign, target, shown);
  const signals = listenForStop(cli.host, {
    stopping: () => screen.stopping(),
    stoppedHard: async () => stoppedHard(await screen.stoppedHard()),
  });
  try {
    const came = await sendCampaign({
      app: cli,
      ledger,
      watch,
      read,
      target,
      options: { ...options, limit },
      stop: signals.stop,
      display: options.handover.shown(screen),
    });
    options.handover.requireUnchanged();
    if (screen.unanswered === 'nobody-there')
      throw new CommandFailure(EXIT.unusable, [{ code: 'send.needs-yes' }]);
    const interrupted = signals.stop.aborted || screen.unanswered === 'interrupted';
    const { workspace } = target;
    const told = { name, workspace, limited: limit.most !== null, most, interrupted };
    const document = ended(came, told, options.handover, cli);
    log?.ended(document);
    await notifyOf(document, sendable, turn);
    return document;
  } catch (error) {
    throw signals.stop.aborted ? interruptedBy(error) : error;
  } finally {
    signals.close();
  }
}

/** Tells the webhook of a run that ended; what never ran is told to whoever typed it alone. */
async function notifyOf(
  document: CampaignJson,
  { read, target }: SendableCampaign,
  { cli, opened: { ledger } }: Turn,
): Promise<void> {
  if (document.run === undefined) return;
  const { name, notifyWebhook: webhook } = read.campaign;
  const { workspace } = target;
  const ended = { ledger, workspace, name };
  const sandbox = workspace === SANDBOX_WORKSPACE;
  await notifyEnd({ webhook, document, ended, sandbox, masking: maskingFor(target, cli) }, cli);
}

/** Who asked it to end means that also where the ledger is away by then: nothing is tried again, and no other campaign begun. */
function interruptedBy(error: unknown): unknown {
  const isAway = error instanceof LedgerError && isPassing([error.problem]);
  return isAway ? new CommandFailure(EXIT.interrupted, [error.problem]) : error;
}

function isStaying({ code }: Problem): boolean {
  return code === 'send.stays-entered';
}

function ended(
  { end, locked, rejectedFile, skippedByReason }: SentCampaign,
  told: Pick<ShownEnd, 'name' | 'workspace' | 'limited'> & {
    /** Most people of this campaign; null: no limit. */
    readonly most: number | null;
    readonly interrupted: boolean;
  },
  handover: Handover,
  cli: Cli,
): CampaignJson {
  const { name, workspace, limited } = told;
  if (end.kind === 'unusable') {
    // By a machine that goes on with it, something may be sent.
    const unsent = end.problems.some(isStaying) ? EXIT.halted : EXIT.unusable;
    const code = locked ? EXIT.locked : told.interrupted ? EXIT.interrupted : unsent;
    throw new CommandFailure(code, end.problems);
  }
  if (end.kind === 'declined') {
    const { counts } = end.plan;
    if (!handover.goesOn(name)) {
      cli.terminal.line(cli.translate('send.declined', { count: counts.pending }));
    }
    const exitCode = told.interrupted ? EXIT.interrupted : EXIT.done;
    return { campaign: name, counts, halted: null, exitCode };
  }
  if (end.kind === 'entered') {
    const { counts } = end.plan;
    const command = typedCommand(['pause', name], workspace, cli);
    const count = Math.min(counts.pending, told.most ?? counts.pending);
    cli.terminal.line(cli.translate('send.entered', { count, command }));
    return { campaign: name, counts, halted: null, exitCode: EXIT.interrupted };
  }
  return toldEnd({ name, workspace, end, rejectedFile, skippedByReason, limited }, cli);
}
