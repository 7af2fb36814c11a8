import { existsSync } from 'node:fs';
import type { ReadCampaign } from '../../campaign/read-campaign.js';
import { countsOf } from '../../core/counts.js';
import type { Problem } from '../../core/problem.js';
import { checkIntegrity, type LedgerDatabase } from '../../ledger/open-ledger.js';
import { endedUncleanly } from '../../ledger/runs.js';
import { exitCodeOf, type RunEnd } from '../../run/run-campaign.js';
import { type CampaignJson, documentOf, haltedJson } from '../campaign-json.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure } from '../command-failure.js';
import { EXIT, highest } from '../exit-codes.js';
import { maskingFor, runLogOf } from '../log/for-run.js';
import { notifyEnd } from '../notify/notify-end.js';
import { openLedgerFile } from '../open-ledger-file.js';
import { orFail, printProblems } from '../problems.js';
import { readCampaigns, withOverrides } from '../read-campaigns.js';
import { runOptions } from '../run-options.js';
import { type Target, targetOf } from '../target.js';
import { SANDBOX_WORKSPACE, senderOf } from '../workspace.js';
import { sendConfirmed } from './detached-child.js';
import { type Handover, SENDS_ITSELF } from './handover.js';
import { lockPlaces } from './locks.js';
import { openSandboxTarget } from './sandbox-target.js';
import { type RunOptions, type SentCampaign, sendCampaign } from './send-campaign.js';
import { SendScreen } from './send-screen.js';
import { showEnd } from './show-end.js';
import { listenForStop } from './stop-signals.js';

/** `send`: plan, then apply, one campaign after the other. */
export async function sendCommand(args: Args, cli: Cli): Promise<number> {
  const paths = args.texts('campaign');
  return sendConfirmed((handover) => sendPaths(paths, args.flag('sandbox'), args, cli, handover));
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
  const read = await readWithOverrides(paths, args);
  const options: RunOptions = {
    limit: runOptions(args).limit,
    noWait: args.raw('wait') === false,
    acceptChanges: args.flag('accept-changes'),
    handover,
  };
  const sandbox = toSandbox ? await openSandboxTarget(cli) : null;
  const waitAgain = cli.terminal.neverWait();
  try {
    const targets = read.map(
      ({ campaign }) => sandbox?.target ?? orFail(targetOf(campaign, cli.environment)),
    );
    await requireRecipients(read);
    const db = openLedgerFile(cli.ledgerFile, 'create');
    try {
      requireIntact(db, cli.ledgerFile);
      return await sendAll(read, targets, options, db, cli);
    } finally {
      db.close();
    }
  } finally {
    waitAgain();
    await sandbox?.close();
  }
}

/** Ends the command when `sendPaths` could not even begin there: with a wrong file or option, or no credentials. */
export async function requireSendable(path: string, toSandbox: boolean, args: Args, cli: Cli): Promise<void> {
  const read = await readWithOverrides([path], args);
  if (!toSandbox) for (const { campaign } of read) orFail(targetOf(campaign, cli.environment));
  await requireRecipients(read);
}

async function readWithOverrides(paths: readonly string[], args: Args): Promise<readonly ReadCampaign[]> {
  return (await readCampaigns(paths)).map((campaign) => withOverrides(campaign, args));
}

/** What is wrong with any of the recipients files is told before anything of the first campaign goes out. */
async function requireRecipients(campaigns: readonly ReadCampaign[]): Promise<void> {
  const { openRecipients } = await import('../../recipients/read-recipients.js');
  const problems: Problem[] = [];
  for (const { campaign, renderer } of campaigns) {
    const opened = await openRecipients(campaign.recipients, {
      render: renderer,
      fixValues: campaign.fixValues,
    });
    if (!opened.ok) problems.push(...opened.problems);
  }
  if (problems.length > 0) throw new CommandFailure(EXIT.unusable, problems);
}

/** A ledger whose last run died is read in full before it is trusted; a small one is looked over each time. */
function requireIntact(db: LedgerDatabase, file: string): void {
  if (!existsSync(file)) return;
  orFail(checkIntegrity(db, endedUncleanly(db) ? 'full' : 'quick'));
}

async function sendAll(
  campaigns: readonly ReadCampaign[],
  targets: readonly Target[],
  options: RunOptions,
  db: LedgerDatabase,
  cli: Cli,
): Promise<number> {
  const documents: CampaignJson[] = [];
  const tell = (ended: readonly CampaignJson[]): number => {
    const exitCode = highest(ended.map((document) => document.exitCode));
    const told = options.handover.tells(ended);
    if (cli.terminal.json && !told) cli.terminal.document(documentOf(ended, campaigns.length, exitCode));
    return exitCode;
  };
  let left = options.limit;
  for (const [index, read] of campaigns.entries()) {
    const target = targets[index];
    if (target === undefined) throw new Error('a campaign without a target');
    const turn: Turn = {
      cli,
      db,
      options: { ...options, limit: left },
      alone: campaigns.length === 1,
      stoppedHard: (document) => tell([...documents, document]),
    };
    const sent = await sendInTurn(read, target, turn);
    documents.push(sent.document);
    if (left !== null) left = Math.max(0, left - sent.begun);
    if (sent.document.exitCode === EXIT.interrupted) break;
  }
  return tell(documents);
}

/** What the sending of one campaign among others stands on. */
interface Turn {
  readonly cli: Cli;
  readonly db: LedgerDatabase;
  readonly options: RunOptions;
  /** There are no others. */
  readonly alone: boolean;
  /** A second signal ends the process: what is known of this campaign is told before. */
  readonly stoppedHard: (document: CampaignJson) => void;
}

/** What one campaign came to; its failure takes nothing away from what is told of the others. */
async function sendInTurn(
  read: ReadCampaign,
  target: Target,
  turn: Turn,
): Promise<{ readonly document: CampaignJson; readonly begun: number }> {
  const { cli } = turn;
  try {
    return await sendOne(read, target, turn);
  } catch (error) {
    if (turn.alone || !(error instanceof CommandFailure)) throw error;
    const { problems, exitCode } = error;
    printProblems(problems, cli.terminal, cli.say, cli.cwd);
    const [first] = problems;
    const halted =
      first === undefined ? null : { code: first.code, message: cli.say(first.code, first.params) };
    const document = { campaign: read.campaign.name, counts: countsOf({}, 0), halted, exitCode };
    return { document, begun: 0 };
  }
}

async function sendOne(
  read: ReadCampaign,
  target: Target,
  { cli, db, options, stoppedHard }: Turn,
): Promise<{ readonly document: CampaignJson; readonly begun: number }> {
  const masking = maskingFor(target, cli);
  const log = runLogOf(read.campaign.name, masking, cli);
  const screen = new SendScreen(cli, db, read, target, { limit: options.limit, log });
  const signals = listenForStop({
    stopping: () => screen.stopping(),
    stoppedHard: () => stoppedHard(screen.stoppedHard()),
  });
  const { campaign } = read;
  const sender = senderOf(target.baseUrl, target.workspace);
  const key = { workspace: target.workspace, name: campaign.name };
  const locks = lockPlaces(cli.ledgerFile, cli.environment.stateDir, key, sender);
  try {
    const around = {
      cli,
      db,
      read,
      target,
      locks,
      options,
      stop: signals.stop,
      display: options.handover.shown(screen),
    };
    const came = await sendCampaign(around);
    options.handover.requireUnchanged();
    const sent = ended(came, read, around, cli);
    const { document } = sent;
    log?.ended(document);
    const sandbox = target.workspace === SANDBOX_WORKSPACE;
    if (document.run !== undefined) {
      const webhook = campaign.notifyWebhook;
      await notifyEnd({ webhook, document, ended: { db, ...key }, sandbox, masking }, cli);
    }
    return sent;
  } finally {
    signals.close();
  }
}

function ended(
  { end, locked, rejectedFile, skippedByReason }: SentCampaign,
  { campaign }: ReadCampaign,
  { options, stop }: { readonly options: RunOptions; readonly stop: AbortSignal },
  cli: Cli,
): { readonly document: CampaignJson; readonly begun: number } {
  if (end.kind === 'unusable') {
    const code = locked ? EXIT.locked : stop.aborted ? EXIT.interrupted : EXIT.unusable;
    throw new CommandFailure(code, end.problems);
  }
  if (end.kind === 'declined') {
    const { counts } = end.plan;
    if (!options.handover.goesOn(campaign.name)) {
      cli.terminal.line(cli.say('send.declined', { count: counts.pending }));
    }
    return { document: { campaign: campaign.name, counts, halted: null, exitCode: EXIT.done }, begun: 0 };
  }
  const exitCode = exitCodeOf(end, options.limit !== null);
  showEnd(campaign.name, end, rejectedFile, options.limit !== null, cli);
  const document = jsonOf(campaign.name, end, skippedByReason, exitCode, cli);
  return { document, begun: begunIn(end) };
}

/** Deliveries that a run began, for the limit that several campaigns share. */
function begunIn(end: Extract<RunEnd, { kind: 'ran' }>): number {
  return Math.max(0, end.plan.counts.pending - end.counts.pending);
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
    halted: haltedJson(delivered.halt, cli.say),
    skippedByReason,
    rejectedByReason: plan.rejectedByReason,
    exitCode,
  };
}
