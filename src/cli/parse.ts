import yargs, { type Argv } from 'yargs';
import type { Language } from '../core/catalogue/index.js';
import type { Problem, Say } from '../core/problem.js';
import { suggestion } from '../core/suggestion.js';
import type { CommandSpec, OptionSpec, RawArgs } from './command.js';
import { GLOBAL_OPTIONS } from './commands/shared-options.js';

/** What the command line asks for. */
export type Parsed =
  | { readonly kind: 'command'; readonly spec: CommandSpec; readonly raw: RawArgs }
  /** Help or version was printed. */
  | { readonly kind: 'answered' }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[]; readonly text: string | null };

/** Reads the command line. Unknown commands and options are problems with a suggestion. */
export async function parseCommandLine(
  argv: readonly string[],
  specs: readonly CommandSpec[],
  say: Say,
  language: Language,
  version: string,
): Promise<Parsed> {
  let chosen: { spec: CommandSpec; raw: RawArgs } | null = null;
  let failure: string | null = null;
  const parser = yargs()
    .scriptName('plazcast')
    .usage('$0 <command>')
    .locale(language)
    .detectLocale(false)
    .parserConfiguration({ 'parse-positional-numbers': false, 'strip-aliased': true, 'camel-case-expansion': false })
    .version(version)
    .help()
    .alias('help', 'h')
    .strict()
    .wrap(Math.min(100, process.stdout.columns ?? 80))
    .epilogue(say('help.epilogue'))
    .completion('completion', say('help.completion'))
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message: string | null, error: Error | undefined) => {
      if (error !== undefined && message === null) throw error;
      failure ??= message ?? error?.message ?? '';
    });
  describeOptions(parser, GLOBAL_OPTIONS, say, say('help.global-options'));
  for (const spec of specs) {
    parser.command(
      spec.usage,
      say(spec.about),
      (command: Argv) => describeCommand(command, spec, say),
      (raw: RawArgs) => {
        chosen = { spec, raw };
      },
    );
  }
  const wrong = wrongWords(argv, specs);
  if (wrong.length > 0 && !argv.includes('--help') && !argv.includes('-h')) {
    return { kind: 'wrong', problems: wrong, text: null };
  }
  await parser.parseAsync([...argv]);
  if (failure !== null) return { kind: 'wrong', problems: [], text: failure };
  return chosen === null ? { kind: 'answered' } : { kind: 'command', ...(chosen as { spec: CommandSpec; raw: RawArgs }) };
}

function describeCommand(command: Argv, spec: CommandSpec, say: Say): Argv {
  for (const [name, { about, choices }] of Object.entries(spec.positionals ?? {})) {
    command.positional(name, { describe: say(about), type: 'string', ...(choices === undefined ? {} : { choices }) });
  }
  describeOptions(command, spec.options, say, null);
  for (const [line, about] of spec.examples) command.example(line, say(about));
  return command;
}

function describeOptions(
  parser: Argv,
  options: Readonly<Record<string, OptionSpec>>,
  say: Say,
  group: string | null,
): void {
  for (const [name, { about, ...spec }] of Object.entries(options)) {
    parser.option(name, { ...spec, describe: say(about), ...(group === null ? {} : { group }) });
  }
}

const ALWAYS = ['help', 'version'];

/** Words of the command line that nothing knows, each with the nearest that something does. */
function wrongWords(argv: readonly string[], specs: readonly CommandSpec[]): readonly Problem[] {
  const words = argv.filter((word) => !word.startsWith('-'));
  const names = [...specs.map((spec) => nameOf(spec)), 'completion'];
  const command = argv.find((word, index) => !word.startsWith('-') && !takesValue(argv[index - 1]));
  if (words.length === 0 && !argv.some((word) => /^--(version|get-yargs-completions)/u.test(word))) {
    return [{ code: 'cli.no-command' }];
  }
  if (command === undefined) return [];
  const spec = specs.find((candidate) => nameOf(candidate) === command);
  if (spec === undefined && !names.includes(command)) return [unknown('command', command, suggestion(command, names))];
  const known = [...Object.keys({ ...GLOBAL_OPTIONS, ...spec?.options }), ...ALWAYS];
  return optionNames(argv)
    .filter((name) => !known.includes(name) && !known.includes(name.replace(/^no-/u, '')))
    .filter((name) => !name.startsWith('get-yargs'))
    .map((name) => {
      const near = suggestion(name, known.flatMap((option) => [option, `no-${option}`]));
      return unknown('option', `--${name}`, near === null ? null : `--${near}`);
    });
}

function unknown(kind: 'option' | 'command', word: string, near: string | null): Problem {
  if (near === null) return { code: `cli.unknown-${kind}`, params: { [kind]: word } };
  return { code: `cli.unknown-${kind}-suggestion`, params: { [kind]: word, suggestion: near } };
}

function nameOf(spec: CommandSpec): string {
  return spec.usage.split(' ')[0] ?? '';
}

/** Names of the long options given, up to `--`. */
function optionNames(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return argv
    .slice(0, end === -1 ? undefined : end)
    .flatMap((word) => /^--([^=]+)/u.exec(word)?.[1] ?? []);
}

/** Whether the word before a command is a global option that takes a value, as in `--ledger x.db send …`. */
function takesValue(word: string | undefined): boolean {
  const name = word === undefined ? '' : word.replace(/^--/u, '');
  return word?.startsWith('--') === true && GLOBAL_OPTIONS[name]?.type === 'string';
}
