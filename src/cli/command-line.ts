import { hostname } from 'node:os';
import type { Adapters } from '../app/app.js';
import { harmlessLines } from '../core/harmless.js';
import { isDatabaseAddress } from '../core/ledger/database-address.js';
import type { Problem, Translate } from '../core/problem.js';
import { rowSentence } from '../core/row-sentence.js';
import { actingFor } from './acting.js';
import { isInterruption } from './asks.js';
import { Args, type Cli } from './command.js';
import { COMMANDS } from './commands/index.js';
import { CommandFailure, EXIT } from './exit-codes.js';
import type { Host } from './host.js';
import { invocationOf } from './invocation.js';
import { languageOf } from './language.js';
import { databasePlace, type LedgerPlace, ledgerPlace } from './ledger-place.js';
import { logOptionsOf } from './log/log-options.js';
import type { Parsed } from './parse.js';
import { orFail, printProblems, problemsSaid } from './problems.js';
import { openTerminal, unwritable } from './terminal.js';
import { loadTranslate } from './translate.js';
import { version } from './version.js';

/**
 * Runs one command line. The only place that turns failures into messages and exit codes.
 *
 * @param argv the words behind the program's name
 * @param host the process that it runs in
 * @param adapters what the ports of the use cases lead to
 * @returns the exit code
 */
export async function runCommandLine(
  argv: readonly string[],
  host: Host,
  adapters: LoadAdapters,
): Promise<number> {
  const language = languageOf(argv, host.env);
  const invocation = invocationOf(host.env);
  const translate = await loadTranslate(language, invocation);
  const options = {
    json: argv.includes('--json'),
    colour: !argv.includes('--no-color'),
    yes: argv.includes('--yes') || argv.includes('-y'),
  };
  const voice = { invocation, translate, language, terminal: openTerminal(options, host), host, adapters };
  try {
    const columns = host.stdout.columns ?? 80;
    // In a folder that is gone yargs fails as it is loaded.
    const { parseCommandLine } = await import('./parse.js');
    const parsed = await parseCommandLine(argv, {
      commands: COMMANDS,
      invocation,
      translate,
      language,
      version: version(),
      columns,
      host,
      ledgers: async () => (await adapters()).ledgers,
    });
    if (parsed.kind === 'answered') {
      if (parsed.text !== '') host.stdout.write(parsed.text);
      return EXIT.done;
    }
    if (parsed.kind === 'wrong') {
      await hideCredentials(argv, voice);
      return wrongUsage(parsed.problems, parsed.text, voice);
    }
    return await runCommand(parsed, voice);
  } catch (error) {
    return failedWith(error, voice);
  }
}

type Asked = Extract<Parsed, { kind: 'command' }>;
type Voice = Pick<Cli, 'invocation' | 'translate' | 'language' | 'terminal' | 'host'> & {
  readonly adapters: LoadAdapters;
};
/** Loads what the ports of the use cases lead to. */
type LoadAdapters = () => Promise<Adapters>;

/** Help and completion come without this: the environment, the log and the command's own code are loaded here. */
async function runCommand({ spec, raw }: Asked, voice: Voice): Promise<number> {
  const args = new Args(raw);
  const opened = await openCli(args, spec.withoutLedger === true, voice);
  let cli = opened;
  try {
    cli = { ...opened, ...(await actingFor(spec, args, opened)) };
    const exitCode = await spec.run(args, cli);
    if (exitCode === EXIT.done && spec.outlivesOutput !== true) await requireWritten(cli);
    return exitCode;
  } catch (thrown) {
    const { withLedgerProblem } = await import('./exit-codes.js');
    const { withEnvHints } = await import('./env-hints.js');
    const told = withLedgerProblem(thrown);
    const error =
      told instanceof CommandFailure
        ? new CommandFailure(told.exitCode, withEnvHints(told.problems, args.texts('campaign'), cli.cwd))
        : told;
    if (cli.log !== null) await logFailure(error, cli);
    throw error;
  } finally {
    cli.log?.close();
  }
}

/** A command line that cannot be read may hold a credential where nobody expects one. */
async function hideCredentials(argv: readonly string[], { terminal, host }: Voice): Promise<void> {
  const { readEnvironment } = await import('./environment.js');
  const { environmentSecrets } = await import('../app/environment.js');
  const environment = readEnvironment(host, true);
  const workspaces = argv.flatMap((word, index) =>
    word === '--workspace' ? [argv[index + 1] ?? null] : [/^--workspace=(.*)$/su.exec(word)?.[1] ?? null],
  );
  const passwords = argv.map(
    (word) => /^(?:--ledger=)?postgres(?:ql)?:\/\/[^/@:]*:(.+)@/iu.exec(word)?.[1] ?? null,
  );
  terminal.hide([
    ...passwords,
    ...(environment.ok ? environmentSecrets(environment.value) : []),
    ...workspaces,
  ]);
}

/** An error of a stream is heard a turn later. */
async function requireWritten({ turn, terminal }: Cli): Promise<void> {
  await turn();
  const detail = terminal.unwritten();
  if (detail !== null) throw unwritable(detail);
}

async function openCli(args: Args, withoutLedger: boolean, voice: Voice): Promise<Cli> {
  const { cwd } = voice.host;
  const { operatorName, readEnvironment } = await import('./environment.js');
  const environment = orFail(readEnvironment(voice.host, args.flag('sandbox')));
  const { environmentSecrets } = await import('../app/environment.js');
  const { isFingerprint } = await import('../app/workspace.js');
  const workspace = args.text('workspace');
  // A fingerprint is no secret, and names the workspace in what is said.
  const id = workspace !== null && isFingerprint(workspace) ? null : workspace;
  voice.terminal.hide([...environmentSecrets(environment), id]);
  const trustHosts = args.texts('trust-host').map(hostOf);
  const { adapters: loaded, ...spoken } = voice;
  const adapters = await loaded();
  const { ledger, usualFile } = await chosenLedger(
    args.text('ledger'),
    environment.ledger,
    adapters.ledgers,
    voice,
  );
  const cli: Cli = {
    ...adapters,
    ...spoken,
    cwd,
    environment,
    trustHosts,
    mayTrust: async (destination) => {
      const { askTrust } = await import('./ask-trust.js');
      return askTrust(destination, voice);
    },
    sandboxStarted: () => voice.terminal.aside(voice.translate('send.sandbox')),
    ledgerFile: ledger.file,
    ledgerAddress: ledger.address,
    besideLedger: ledger.beside,
    usualLedgerFile: usualFile,
    process: { pid: voice.host.pid, host: hostname() },
    operator: operatorName(),
    roles: null,
    place: 'terminal',
    translateReason: (reason, cell) => voice.translate(rowSentence(reason, cell)),
    log: null,
  };
  if (ledger.fromAbove && !withoutLedger)
    voice.terminal.aside(voice.translate('ledger.from-above', { file: ledger.file }));
  return withLog(args, cli);
}

/**
 * The ledger that a command works with.
 *
 * @param named what `--ledger` says; null: nothing
 * @param usual what the environment says; null: nothing
 * @returns it, and the file that a command works with where no option names one
 */
async function chosenLedger(
  named: string | null,
  usual: string | null,
  ledgers: Adapters['ledgers'],
  { terminal, host: { cwd } }: Voice,
): Promise<{ readonly ledger: LedgerPlace; readonly usualFile: string }> {
  const place = async (address: string | null): Promise<LedgerPlace> => {
    if (address === null || !isDatabaseAddress(address)) return ledgerPlace(address, cwd);
    const { file, secrets } = orFail(await ledgers.named(address));
    terminal.hide(secrets);
    return databasePlace(file, address, cwd);
  };
  const own = await place(usual);
  if (named === null) return { ledger: own, usualFile: own.file };
  const typed = await place(named);
  // By its name alone it is the one of the environment, whose address may have a password and settings.
  const ledger = isDatabaseAddress(own.file) && typed.address === own.file ? own : typed;
  // Whoever typed the name of a database types it again.
  return { ledger, usualFile: isDatabaseAddress(named) ? '' : own.file };
}

/** Where a log was asked for, with that log; drawn pictures would break its lines on the terminal. */
async function withLog(args: Args, cli: Cli): Promise<Cli> {
  const logOptions = logOptionsOf(args, cli.host.stderr.isTTY === true);
  if (logOptions === null) return cli;
  const { openLog } = await import('./log/open-log.js');
  const log = orFail(await openLog(logOptions, cli));
  return { ...cli, log, terminal: log.onTerminal ? { ...cli.terminal, live: false } : cli.terminal };
}

/** A host as `URL.host` has it, also where somebody typed the whole address. */
function hostOf(typed: string): string {
  const address = typed.includes('://') ? typed : `https://${typed}`;
  return URL.canParse(address) ? new URL(address).host : typed;
}

async function logFailure(error: unknown, cli: Cli): Promise<void> {
  const { logCommandFailure } = await import('./log/command-failures.js');
  logCommandFailure(error, cli);
}

function wrongUsage(
  problems: readonly Problem[],
  text: string | null,
  { terminal, translate, host }: Voice,
): number {
  if (text !== null) terminal.aside(`${terminal.colours.red(translate('cli.error'))} ${harmlessLines(text)}`);
  printProblems(problems, terminal, translate, host.cwd);
  if (terminal.json) terminal.document(problemsJson(problems, text, EXIT.unusable, translate));
  return EXIT.unusable;
}

function failedWith(error: unknown, { terminal, translate, host }: Voice): number {
  if (isInterruption(error)) {
    terminal.aside(translate('ask.interrupted'));
    return EXIT.interrupted;
  }
  if (error instanceof CommandFailure) {
    printProblems(error.problems, terminal, translate, host.cwd);
    if (terminal.json) terminal.document(problemsJson(error.problems, null, error.exitCode, translate));
    return error.exitCode;
  }
  const detail = error instanceof Error ? error.message : String(error);
  terminal.aside(`${terminal.colours.red(translate('cli.error'))} ${translate('cli.bug', { detail })}`);
  if (error instanceof Error && error.stack !== undefined)
    terminal.aside(terminal.colours.dim(harmlessLines(error.stack)));
  return EXIT.bug;
}

function problemsJson(
  problems: readonly Problem[],
  text: string | null,
  exitCode: number,
  translate: Translate,
): unknown {
  const said = problemsSaid(problems, translate);
  const wrong = text === null ? [] : [{ code: 'cli.usage', message: text, at: null }];
  return { problems: [...wrong, ...said], exitCode };
}
