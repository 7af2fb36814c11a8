import { existsSync } from 'node:fs';
import { lockPlaces, stateDirOf } from '../../app/locks.js';
import { ledgerQuestion } from '../../app/send/known-ledger.js';
import { refuseNewLedger } from '../../app/send/refuse-new-ledger.js';
import {
  type RunDeps,
  type RunOptions,
  type SentCampaign,
  sendCampaign,
} from '../../app/send/send-campaign.js';
import { sendRefusals } from '../../app/send/send-refusals.js';
import { sandboxTarget, type Target, targetOf } from '../../app/target.js';
import { SANDBOX_WORKSPACE, senderOf } from '../../app/workspace.js';
import { countsOf } from '../../core/counts.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { WatchedFile } from '../../core/ledger/locks.js';
import type { Problem } from '../../core/problem.js';
import type { ReadCampaign } from '../../core/recipient.js';
import { exitCodeOf, type RunEnd } from '../../run/run-campaign.js';
import { RunLimit } from '../../run/run-limit.js';
import { type CampaignJson, documentOf, haltedJson } from '../campaign-json.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT, highest } from '../exit-codes.js';
import { trustedTargetOf } from '../host-trust.js';
import { maskingFor, runLogOf } from '../log/for-run.js';
import { notifyEnd } from '../notify/notify-end.js';
import { withLedger } from '../open-ledger-file.js';
import { orFail, printProblems } from '../problems.js';
import { readCampaigns, withOverrides } from '../read-campaigns.js';
import { runOptions } from '../run-options.js';
import { sendConfirmed } from './detached-child.js';
import { type Handover, SENDS_ITSELF } from './handover.js';
import { openSandboxTarget } from './sandbox-target.js';
import { SendScreen } from './send-screen.js';
import { showEnd } from './show-end.js';
import { listenForStop } from './stop-signals.js';

/** `send`: plan, then apply, one campaign after the other. */
export async function sendCommand(args: Args, cli: Cli): Promise<number> {
  const paths = args.texts('campaign');
  return sendConfirmed(cli.host.env, (handover) =>
    sendPaths(paths, args.flag('sandbox'), args, cli, handover),
  );
}

/**
 * Sends the campaigns in these places; `retry` uses it after it put deliveries back to pending.
 *
 * @param handover who sends what is confirmed; left out: this process
 */
export async function sendPaths(
  paths: readonly string[],
  toSandbox: boolean,
  args: Args,
  cli: Cli,
  handover: Handover = SENDS_ITSELF,
): Promise<number> {
  const read = await readWithOverrides(paths, args, cli);
  const options: SendOptions = {
    limit: new RunLimit(runOptions(args).limit),
    noWait: args.raw('wait') === false,
    acceptChanges: args.flag('accept-changes'),
    acceptLedger: args.flag('accept-ledger'),
    handover,
  };
  const sandbox = toSandbox ? await openSandboxTarget(cli) : null;
  const waitAgain = cli.terminal.neverWait();
  try {
    const targets: Target[] = [];
    for (const { campaign } of read) {
      targets.push(sandbox?.target ?? orFail(await trustedTargetOf(campaign, cli)));
    }
    await requireRecipients(read, cli);
    if (!existsSync(cli.ledgerFile) && !options.acceptLedger)
      orFail(await refuseNewLedger(read, targets, cli));
    return await withLedger(cli, 'create', async (ledger) => {
      await requireIntact(ledger);
      return sendAll(read, targets, options, { ledger, watch: watchOver(cli) }, cli);
    });
  } finally {
    waitAgain();
    await sandbox?.close();
  }
}

/** Options of a `send`; `handover`: who sends what is confirmed. */
type SendOptions = RunOptions & { readonly handover: Handover };

/** Ends the command when `sendPaths` could not even begin there: a wrong file, option or ledger, or no credentials. */
export async function requireSendable(
  path: string,
  toSandbox: boolean,
  args: Args,
  ledger: Ledger,
  cli: Cli,
): Promise<void> {
  const read = await readWithOverrides([path], args, cli);
  const accepted = { changes: false, ledger: args.flag('accept-ledger') };
  const refusals: Problem[] = [];
  for (const { campaign } of read) {
    const target = toSandbox ? sandboxTarget('') : orFail(targetOf(campaign, cli.environment));
    refusals.push(...(await sendRefusals(campaign, target, ledger, accepted, cli)));
  }
  if (refusals.length > 0) throw new CommandFailure(EXIT.unusable, refusals);
  await requireRecipients(read, cli);
}

async function readWithOverrides(
  paths: readonly string[],
  args: Args,
  cli: Cli,
): Promise<readonly ReadCampaign[]> {
  return (await readCampaigns(paths, cli)).map((campaign) => withOverrides(campaign, args));
}

/** What is wrong with any of the recipients files is told before anything of the first campaign goes out. */
async function requireRecipients(
  campaigns: readonly ReadCampaign[],
  { recipientFiles, environment }: Pick<Cli, 'recipientFiles' | 'environment'>,
): Promise<void> {
  const problems: Problem[] = [];
  for (const read of campaigns) {
    const opened = await recipientFiles.open(read, environment.stateDir);
    if (!opened.ok) problems.push(...opened.problems);
  }
  if (problems.length > 0) throw new CommandFailure(EXIT.unusable, problems);
}

/** A ledger whose last run died is read in full before it is trusted; a small one is looked over each time. */
async function requireIntact(ledger: Ledger): Promise<void> {
  if (!existsSync(ledger.file)) return;
  orFail(await ledger.check((await ledger.runs.endedUncleanly()) ? 'full' : 'quick'));
}

/** The ledger of a `send`, open, and who watches over its file. */
type OpenLedger = Pick<RunDeps, 'ledger' | 'watch'>;

/** A ledger that was taken away by now has no file: the run sees it before its first message. */
function watchOver({ files, ledgerFile: path }: Cli): WatchedFile {
  return files.watch(files.at(path) ?? { path, device: '0', inode: '0' });
}

async function sendAll(
  campaigns: readonly ReadCampaign[],
  targets: readonly Target[],
  options: SendOptions,
  ledger: OpenLedger,
  cli: Cli,
): Promise<number> {
  const documents: CampaignJson[] = [];
  const tell = (ended: readonly CampaignJson[]): number => {
    const exitCode = highest(ended.map((document) => document.exitCode));
    const told = options.handover.tells(ended);
    if (cli.terminal.json && !told) cli.terminal.document(documentOf(ended, campaigns.length, exitCode));
    return exitCode;
  };
  for (const [index, read] of campaigns.entries()) {
    const target = targets[index];
    if (target === undefined) throw new Error('a campaign without a target');
    const turn: Turn = {
      cli,
      ledger,
      options,
      alone: campaigns.length === 1,
      stoppedHard: (document) => tell([...documents, document]),
    };
    const document = await sendInTurn(read, target, turn);
    documents.push(document);
    if (document.exitCode === EXIT.interrupted || !ledger.watch.isThere()) break;
  }
  return tell(documents);
}

/** What the sending of one campaign among others stands on. */
interface Turn {
  readonly cli: Cli;
  readonly ledger: OpenLedger;
  readonly options: SendOptions;
  /** There are no others. */
  readonly alone: boolean;
  /** A second signal ends the process: what is known of this campaign is told before. */
  readonly stoppedHard: (document: CampaignJson) => void;
}

/** What one campaign came to; its failure takes nothing away from what is told of the others. */
async function sendInTurn(read: ReadCampaign, target: Target, turn: Turn): Promise<CampaignJson> {
  const { cli } = turn;
  try {
    return await sendOne(read, target, turn);
  } catch (error) {
    if (turn.alone || !(error instanceof CommandFailure)) throw error;
    const { problems, exitCode } = error;
    printProblems(problems, cli.terminal, cli.translate, cli.cwd);
    const [first] = problems;
    const halted = first === undefined ? null : { code: first.code, message: cli.translate(first) };
    return { campaign: read.campaign.name, counts: countsOf({}, 0), halted, exitCode };
  }
}

async function sendOne(
  read: ReadCampaign,
  target: Target,
  { cli, ledger: opened, options, stoppedHard }: Turn,
): Promise<CampaignJson> {
  const { ledger } = opened;
  const masking = maskingFor(target, cli);
  const log = runLogOf(read.campaign.name, masking, cli);
  const { limit } = options;
  const screen = new SendScreen(cli, ledger, read, target, {
    limit: limit.most === null ? null : limit.left(),
    log,
  });
  const signals = listenForStop(cli.host, {
    stopping: () => screen.stopping(),
    stoppedHard: async () => stoppedHard(await screen.stoppedHard()),
  });
  const { campaign } = read;
  const sender = senderOf(target.baseUrl, target.workspace);
  const key = { workspace: target.workspace, name: campaign.name };
  const stateDir = orFail(stateDirOf(cli, target.workspace));
  const locks = lockPlaces(cli.ledgerFile, stateDir, key, sender);
  const known = orFail(ledgerQuestion(ledger, campaign.name, target, cli));
  try {
    const deps = {
      app: cli,
      ...opened,
      known,
      stateDir,
      read,
      target,
      locks,
      options,
      stop: signals.stop,
      display: options.handover.shown(screen),
    };
    const came = await sendCampaign(deps);
    options.handover.requireUnchanged();
    const document = ended(came, read, deps, cli);
    log?.ended(document);
    const sandbox = target.workspace === SANDBOX_WORKSPACE;
    if (document.run !== undefined) {
      const webhook = campaign.notifyWebhook;
      await notifyEnd({ webhook, document, ended: { ledger, ...key }, sandbox, masking }, cli);
    }
    return document;
  } finally {
    signals.close();
  }
}

function ended(
  { end, locked, rejectedFile, skippedByReason }: SentCampaign,
  { campaign }: ReadCampaign,
  { options, stop }: { readonly options: SendOptions; readonly stop: AbortSignal },
  cli: Cli,
): CampaignJson {
  if (end.kind === 'unusable') {
    const code = locked ? EXIT.locked : stop.aborted ? EXIT.interrupted : EXIT.unusable;
    throw new CommandFailure(code, end.problems);
  }
  if (end.kind === 'declined') {
    const { counts } = end.plan;
    if (!options.handover.goesOn(campaign.name)) {
      cli.terminal.line(cli.translate('send.declined', { count: counts.pending }));
    }
    return { campaign: campaign.name, counts, halted: null, exitCode: EXIT.done };
  }
  const limited = options.limit.most !== null;
  const exitCode = exitCodeOf(end, limited);
  showEnd({ name: campaign.name, end, rejectedFile, skippedByReason, limited }, cli);
  return jsonOf(campaign.name, end, skippedByReason, exitCode, cli);
}

function jsonOf(
  name: string,
  end: Extract<RunEnd, { kind: 'ran' }>,
  skippedByReason: SentCampaign['skippedByReason'],
  exitCode: number,
  cli: Cli,
): CampaignJson {
  const { delivered, counts, tookMs, plan } = end;
  return {
    campaign: name,
    counts,
    run: { sent: delivered.sent, accepted: delivered.accepted, durationMs: Math.round(tookMs) },
    halted: haltedJson(delivered.halt, cli.translate),
    skippedByReason,
    rejectedByReason: plan.rejectedByReason,
    exitCode,
  };
}
