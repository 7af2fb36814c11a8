import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { ledgerOfChild } from '../../app/apart/ledger-of-child.js';
import { shownPath } from '../../app/shown-path.js';
import { nextCommand } from '../../app/status/next-command.js';
import { typedCommand } from '../../app/typed-command.js';
import { SANDBOX_WORKSPACE } from '../../app/workspace.js';
import { systemDetail } from '../../core/problem.js';
import type { Args, Cli, OptionSpec } from '../command.js';
import { GLOBAL_OPTIONS } from '../commands/shared-options.js';
import { CommandFailure, EXIT, highest } from '../exit-codes.js';
import { type ChildWord, CONFIRMED_VARIABLE } from './detached-child.js';
import { Asking, type ConfirmedCampaign } from './handover.js';
import { sendPlaces } from './send-command.js';
import { onStopSignal } from './stop-signals.js';

/** Options that the process that goes on does not get: they are for the one that asks, or told in another way. */
const ASKERS = new Set(['detach', 'dry-run', 'json', 'ledger', 'yes']);

/**
 * `send --detach`: shows the plan and asks as usual; what is confirmed is sent by a process of its own session, whatever
 * becomes of this one and its terminal. Ends when that process holds the locks and begins, or with its refusal.
 *
 * @param options those of `send`
 */
export async function detachedSend(
  args: Args,
  cli: Cli,
  options: Readonly<Record<string, OptionSpec>>,
): Promise<number> {
  if (args.flag('dry-run')) throw new CommandFailure(EXIT.unusable, [{ code: 'send.detach-dry-run' }]);
  const asking = new Asking(cli.clock);
  const place = { paths: args.texts('campaign'), sandbox: args.flag('sandbox') };
  const asked = await sendPlaces(place, args, cli, asking);
  const [first] = asking.confirmed;
  if (first === undefined) return asked;
  const words = ['send', ...asking.confirmed.map(({ file }) => file), '--yes', ...typed(args, options)];
  const log = logFile(first, cli);
  const begun = await goOn(words, asking.confirmed, log, cli);
  const exitCode = highest([asked, begun.exitCode]);
  if (begun.pid !== null) sayBegun(first, begun.pid, log.path, args.flag('sandbox'), cli);
  if (cli.terminal.json) {
    cli.terminal.document(documentOf(asking, { pid: begun.pid, log: log.path }, begun.exitCode, exitCode));
  }
  return exitCode;
}

/** The options of this command line as words, whatever stood where. */
function typed(args: Args, options: Readonly<Record<string, OptionSpec>>): readonly string[] {
  return Object.entries({ ...GLOBAL_OPTIONS, ...options }).flatMap(([name, { type, default: usual }]) => {
    if (ASKERS.has(name)) return [];
    if (type !== 'boolean') {
      return args.texts(name).map((text) => `--${name}=${text}`);
    }
    const value = args.raw(name);
    if (typeof value !== 'boolean' || value === usual) return [];
    return [value ? `--${name}` : `--no-${name}`];
  });
}

interface OpenLog {
  readonly path: string;
  readonly descriptor: number;
}

/** A new file beside the ledger, which is the operator's: what the other process says may name people. */
function logFile({ name }: ConfirmedCampaign, { besideLedger }: Cli): OpenLog {
  const stamp = new Date().toISOString().replaceAll(/[:.]/gu, '-');
  const path = `${besideLedger}.${name}.${stamp}.log`;
  try {
    return { path, descriptor: openSync(path, 'wx', 0o600) };
  } catch (error) {
    const detail = systemDetail(error);
    throw new CommandFailure(EXIT.unusable, [{ code: 'log.cannot-open', params: { path, detail } }]);
  }
}

/** How the other process began: with a number, or not at all. */
interface Begun {
  readonly pid: number | null;
  readonly exitCode: number;
}

/** Starts the process and waits for its first word, or its end. */
async function goOn(
  words: readonly string[],
  confirmed: readonly ConfirmedCampaign[],
  { path, descriptor }: OpenLog,
  cli: Cli,
): Promise<Begun> {
  const plans = Object.fromEntries(
    confirmed.map(({ name, counts: { pending: count }, planDigest, confirmedAt }) => [
      name,
      { count, planDigest, confirmedAt },
    ]),
  );
  const [program, ...again] = cli.host.program;
  const ledger = ledgerOfChild(cli);
  const child = spawn(program, [...again, ...words, ...ledger.words], {
    cwd: cli.cwd,
    env: { ...cli.host.env, ...ledger.env, [CONFIRMED_VARIABLE]: JSON.stringify(plans) },
    // A session of its own: no terminal can hang up on it.
    detached: true,
    stdio: ['ignore', descriptor, descriptor, 'ipc'],
  });
  closeSync(descriptor);
  // Who is asked to end before it began passes that on; a hangup is what the other process is there to outlive.
  const listenNoMore = onStopSignal(cli.host, (signal) => {
    if (signal !== 'SIGHUP') child.kill('SIGTERM');
  });
  const gone = Promise.all([
    new Promise<number | null>((ended) => child.once('exit', ended)),
    // What it said last may be heard after its end.
    new Promise<void>((silent) => child.once('disconnect', silent)),
  ]).then(([code]) => code);
  const word = new Promise<ChildWord>((heard) => child.once('message', (said) => heard(said as ChildWord)));
  const failure = new Promise<never>((_, fail) => child.once('error', fail));
  try {
    const first = await Promise.race([word, gone, failure]);
    if (first === null || typeof first === 'number') return endedEarly(first, path, cli);
    if (first.kind === 'failed') throw new CommandFailure(first.exitCode, first.problems);
    child.unref();
    return { pid: child.pid ?? null, exitCode: EXIT.done };
  } finally {
    listenNoMore();
  }
}

/** It had nothing to do, or was stopped by something that is no failure of a command. */
function endedEarly(code: number | null, path: string, { translate, terminal }: Cli): Begun {
  terminal.aside(translate('send.detached-ended'));
  terminal.aside(readFileSync(path, 'utf8').trimEnd());
  return { pid: null, exitCode: code ?? EXIT.bug };
}

function sayBegun(
  { name, file, counts }: ConfirmedCampaign,
  pid: number,
  log: string,
  sandbox: boolean,
  cli: Cli,
): void {
  const { translate, terminal } = cli;
  // Only the sandbox's word matters to the command.
  const record = { name, file, workspace: sandbox ? SANDBOX_WORKSPACE : '', control: 'go' } as const;
  const command = nextCommand({ record, counts, running: true, notNowForMs: null }, cli) ?? '';
  const pause = typedCommand(['pause', name], record.workspace, cli);
  terminal.line(translate('send.detached', { pid: String(pid) }));
  terminal.line(translate('send.detached-log', { path: shownPath(log, cli.cwd) }));
  terminal.line(translate('send.detached-stop', { command: pause }));
  terminal.line(translate('send.detached-look', { command }));
}

/** One document: the campaign that goes on, or all that were asked for, with those that do not. */
function documentOf(
  { confirmed, documents }: Asking,
  where: { readonly pid: number | null; readonly log: string },
  begunCode: number,
  exitCode: number,
): unknown {
  const names = new Set(confirmed.map(({ name }) => name));
  const campaigns = documents.map((document) =>
    names.has(document.campaign)
      ? { campaign: document.campaign, counts: document.counts, ...where, exitCode: begunCode }
      : document,
  );
  return campaigns.length === 1 ? { ...campaigns[0], exitCode } : { campaigns, ...where, exitCode };
}
