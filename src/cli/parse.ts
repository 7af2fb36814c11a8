import yargs, { type Argv, type FallbackCompletionFunction } from 'yargs';
import type { Ledgers } from '../core/ledger/ledger.js';
import type { Problem, Translate } from '../core/problem.js';
import type { Language } from '../locales/index.js';
import type { CommandEntry, CommandSpec, OptionSpec, RawArgs } from './command.js';
import { loadCommands } from './commands/index.js';
import { GLOBAL_OPTIONS } from './commands/shared-options.js';
import type { Host } from './host.js';
import { PLAIN_INVOCATION } from './invocation.js';
import { inOwnWords, usageStrings } from './usage-strings.js';
import { nameOf, wordsOf, wrongWords } from './wrong-words.js';

/** What the command line asks for. */
export type Parsed =
  | { readonly kind: 'command'; readonly spec: CommandSpec; readonly raw: RawArgs }
  /** Help, version, or lines for the shell's completion. */
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[]; readonly text: string | null };

/** What reading a command line needs. */
export interface ParseContext {
  readonly commands: readonly CommandEntry[];
  /** How the person starts plazcast. */
  readonly invocation: string;
  readonly translate: Translate;
  readonly language: Language;
  readonly version: string;
  /** Columns that help may fill. */
  readonly columns: number;
  /** What completes campaigns looks into its folder and ledger. */
  readonly host: Pick<Host, 'env' | 'cwd'>;
  /** Looked into for the names of campaigns. */
  readonly ledgers: () => Promise<Ledgers>;
}

/** The word with which yargs' completion scripts ask. */
const COMPLETIONS = '--get-yargs-completions';
const WIDEST_HELP = 100;
/** Columns by which the reader's own words may be longer than the names that yargs lays out. */
const LONGER_WORDS = 3;
/** For zsh, yargs also offers the letter of a short option with two dashes: nothing takes that. */
const SHORT_AS_LONG = /^--\w(?::|$)/u;

/** Reads the command line. Unknown commands and options are problems with a suggestion. */
export async function parseCommandLine(typed: readonly string[], context: ParseContext): Promise<Parsed> {
  const { commands } = context;
  const completing = typed.includes(COMPLETIONS);
  // While a shell completes, `--` is an option that somebody has begun to type.
  const argv = completing ? typed : withoutDashes(helpAsked(typed));
  const specs = await loadCommands(neededFor(argv, commands));
  const words = wordsOf(argv, GLOBAL_OPTIONS, specs);
  const answers = ['--help', '-h', '--version'].some((option) => words.options.includes(option));
  if (!completing && (words.command !== null || !answers)) {
    const problems = wrongWords(words, GLOBAL_OPTIONS, commands, specs);
    if (problems.length > 0) return { kind: 'wrong', problems, text: null };
  }
  const asked = specs.find((spec) => nameOf(spec) === words.command);
  const outcome: Outcome = { chosen: null, failure: null, completions: null };
  let text = '';
  // With a listener yargs prints nothing by itself.
  await parserFor(argv, context, { specs, asked }, outcome).parseAsync(
    argv,
    {},
    (_error, _parsed, output) => {
      text = output === '' ? '' : `${inOwnWords(output, context.translate)}\n${examplesOf(asked, context)}`;
    },
  );
  // yargs reads the half of a command line that a shell completes, too: that must neither run nor complain.
  if (completing) return { kind: 'answered', text: lines((await outcome.completions) ?? []) };
  if (words.command === 'completion') return { kind: 'answered', text };
  const failure = outcome.failure ?? emptyOption(outcome, context.translate);
  if (failure !== null) {
    const said = inOwnWords(withDashes(failure, asked), context.translate);
    return { kind: 'wrong', problems: [], text: withExample(said, asked, context) };
  }
  return outcome.chosen === null ? { kind: 'answered', text } : { kind: 'command', ...outcome.chosen };
}

/**
 * Commands whose options must be known to read this command line: those named in it. The list of commands needs
 * none; where no command is recognised, all are, so that an option in front of a mistyped one is read right.
 */
function neededFor(argv: readonly string[], commands: readonly CommandEntry[]): readonly CommandEntry[] {
  const named = commands.filter((entry) => argv.includes(nameOf(entry)));
  if (named.length > 0 || argv.includes(COMPLETIONS)) return named;
  return wordsOf(argv, GLOBAL_OPTIONS, []).command === null ? [] : commands;
}

/** Filled in by the parser's callbacks. */
interface Outcome {
  chosen: { readonly spec: CommandSpec; readonly raw: RawArgs } | null;
  failure: string | null;
  /** What completes the word that somebody types. */
  completions: Promise<readonly string[]> | null;
}

/** The commands whose details are at hand, and the one that was typed. */
interface Loaded {
  readonly specs: readonly CommandSpec[];
  readonly asked: CommandSpec | undefined;
}

function parserFor(
  argv: readonly string[],
  context: ParseContext,
  { specs, asked }: Loaded,
  outcome: Outcome,
): Argv {
  const { translate, language, version, columns, host, invocation } = context;
  const missing = `${translate('usage.missing-argument')} ${invocation} ${asked?.usage ?? ''}`;
  const parser = yargs([...argv], host.cwd)
    // The shell completes the program's own name.
    .scriptName(argv[0] === 'completion' ? PLAIN_INVOCATION : invocation)
    .usage(`$0 ${translate('usage.line')}`)
    .locale(language)
    .detectLocale(false)
    // The types of yargs leave out the sentences that come in a singular and a plural.
    .updateStrings(usageStrings(translate, missing) as Record<string, string>)
    .parserConfiguration({
      'parse-positional-numbers': false,
      'strip-aliased': true,
      'camel-case-expansion': false,
      // An option that may be given several times takes one word each time, and not the campaign behind it.
      'greedy-arrays': false,
    })
    .version(version)
    .help()
    .alias('help', 'h')
    .strict()
    .wrap(Math.min(WIDEST_HELP, columns) - LONGER_WORDS)
    .epilogue(translate('help.epilogue'))
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message: string | null, error: Error | undefined) => {
      if (error !== undefined && message === null) throw error;
      outcome.failure ??= failureText(message ?? error?.message ?? '', missing, translate);
    });
  withCompletion(parser, argv, context, outcome);
  const globals = translate('help.global-options');
  describeOptions(parser, GLOBAL_OPTIONS, translate, globals);
  parser.group(['help', 'version'], globals);
  addCommands(parser, context, specs, outcome);
  return parser;
}

/** Every command with its line of help; those whose details are at hand with their options. */
function addCommands(
  parser: Argv,
  { commands, translate }: ParseContext,
  specs: readonly CommandSpec[],
  outcome: Outcome,
): void {
  for (const { usage, about } of commands) {
    const spec = specs.find((one) => one.usage === usage);
    parser.command(
      usage,
      translate(about),
      (command: Argv) => (spec === undefined ? command : describeCommand(command, spec, translate)),
      (raw: RawArgs) => {
        if (spec !== undefined) outcome.chosen = { spec, raw };
      },
    );
  }
}

/** The examples of a command below its help: yargs would break long ones. */
function examplesOf(
  asked: CommandSpec | undefined,
  { translate, invocation }: Pick<ParseContext, 'translate' | 'invocation'>,
): string {
  if (asked === undefined) return '';
  const shown = asked.examples.map(
    ([line, about]) => `  ${started(line, invocation)}\n      ${translate(about)}\n`,
  );
  return `\n${translate('usage.examples')}\n${shown.join('')}`;
}

/** What yargs says, mended: it puts its numbers behind a sentence that has no place for them, and names options without dashes. */
function failureText(message: string, missing: string, translate: Translate): string {
  if (message.startsWith(missing)) return missing;
  const [needed = ''] = translate('usage.missing-options').split('%s');
  return message.startsWith(needed) ? message.replaceAll(', ', ', --') : message;
}

/** An option with nothing behind it, as a shell leaves it of a variable that is not set. */
function emptyOption({ chosen }: Outcome, translate: Translate): string | null {
  if (chosen === null) return null;
  const { spec, raw } = chosen;
  const names = Object.keys({ ...spec.options, ...GLOBAL_OPTIONS });
  const empty = names.find((name) => [raw[name]].flat().includes(''));
  return empty === undefined ? null : translate('usage.needs-value').replace('%s', empty);
}

/** Options among what yargs lists as not possible, as they are typed. */
function withDashes(failure: string, asked: CommandSpec | undefined): string {
  const options: Readonly<Record<string, unknown>> = { ...asked?.options, ...GLOBAL_OPTIONS };
  return failure.replace(/(?<=^ +)[\w-]+(?=: )/gmu, (name) => (name in options ? `--${name}` : name));
}

/** What went wrong, and how it would be right. */
function withExample(
  failure: string,
  asked: CommandSpec | undefined,
  { translate, invocation }: Pick<ParseContext, 'translate' | 'invocation'>,
): string {
  const [example] = asked?.examples[0] ?? [];
  if (example === undefined) return failure;
  return `${failure}\n${translate('usage.example')} ${started(example, invocation)}`;
}

/** An example as the person types it. */
function started(example: string, invocation: string): string {
  return example.replace(PLAIN_INVOCATION, invocation);
}

function describeCommand(command: Argv, spec: CommandSpec, translate: Translate): Argv {
  for (const [name, { about, choices }] of Object.entries(spec.positionals ?? {})) {
    command.positional(name, {
      describe: translate(about),
      type: 'string',
      ...(choices === undefined ? {} : { choices }),
    });
  }
  describeOptions(command, spec.options, translate, translate('usage.options'));
  return command.epilogue(translate('help.exit-codes'));
}

/** What is off unless given needs no default in the help. */
function describeOptions(
  parser: Argv,
  options: Readonly<Record<string, OptionSpec>>,
  translate: Translate,
  group: string,
): void {
  for (const [name, { about, default: usual, ...spec }] of Object.entries(options)) {
    const shown = typeof usual === 'boolean' || usual === undefined ? {} : { default: usual as unknown };
    parser.option(name, { ...spec, ...shown, describe: translate(about), group });
  }
}

/** Completes commands, options and their values, and campaigns where one is asked for. */
function withCompletion(
  parser: Argv,
  argv: readonly string[],
  { translate, host, ledgers }: ParseContext,
  outcome: Outcome,
): void {
  // yargs tells a function of this kind by its fourth parameter; what that is given, it would print.
  const complete: FallbackCompletionFunction = (current, _parsed, usual, _print) => {
    usual((_error, found) => {
      const typed = argv.slice(argv.indexOf(COMPLETIONS) + 1, -1);
      const words = (found ?? []).filter((word) => !SHORT_AS_LONG.test(word));
      outcome.completions = campaignsFor(typed, current, { host, ledgers }).then((campaigns) =>
        campaigns.length > 0 ? campaigns : words,
      );
    });
  };
  // Where completion is at hand, yargs prints its script, also to who asks for help about it.
  const isHelp = !argv.includes(COMPLETIONS) && (argv.includes('--help') || argv.includes('-h'));
  if (isHelp && argv.includes('completion')) parser.command('completion', translate('help.completion'));
  else parser.completion('completion', translate('help.completion'), complete);
}

/** As the scripts of the shells read them. */
function lines(words: readonly string[]): string {
  return words.map((word) => `${word}\n`).join('');
}

async function campaignsFor(
  typed: readonly string[],
  current: string,
  deps: Pick<ParseContext, 'host' | 'ledgers'>,
): Promise<readonly string[]> {
  const { completableCampaigns } = await import('./completion/campaigns.js');
  return completableCampaigns(typed, current, deps);
}

/** `plazcast help send` is `plazcast send --help`. */
function helpAsked(argv: readonly string[]): readonly string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
}

/**
 * yargs counts what stands behind `--` as no argument of a command. There a word with a dash is a path like any
 * other, written so that yargs takes it for one.
 */
function withoutDashes(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  if (end <= 0) return argv;
  const behind = argv.slice(end + 1).map((word) => (word.startsWith('-') ? `./${word}` : word));
  return [...argv.slice(0, end), ...behind];
}
