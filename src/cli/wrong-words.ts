import type { Problem } from '../core/problem.js';
import { suggestion } from '../core/suggestion.js';
import type { CommandEntry, CommandSpec, OptionSpec } from './command.js';

type Options = Readonly<Record<string, OptionSpec>>;

/** What a command line is made of, as far as words alone tell. */
export interface Words {
  /** The first word that is neither an option nor the value of one; null when there is none. */
  readonly command: string | null;
  /** Options as they were typed, up to `--`. */
  readonly options: readonly string[];
}

/** Options that are there without being declared. */
const ALWAYS: Options = {
  help: { about: 'usage.help', type: 'boolean', alias: 'h' },
  version: { about: 'usage.version', type: 'boolean' },
};

/** Tells command, options and values of options apart. A value may begin with a dash, such as `--to -5`. */
export function wordsOf(argv: readonly string[], globals: Options, specs: readonly CommandSpec[]): Words {
  const every: Options = Object.assign({}, ...specs.map(({ options }) => options), globals, ALWAYS);
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  const isValue = (index: number): boolean => index > 0 && takesNextWord(words[index - 1] ?? '', every);
  const free = words.filter((word, index) => !isOption(word) && !isValue(index));
  // `--limit -5`: yargs takes a number with a dash for a value, everything else for an option.
  const options = words.filter((word, index) => isOption(word) && !(isValue(index) && /^-\d/u.test(word)));
  return { command: free[0] ?? null, options };
}

/**
 * Words of the command line that nothing knows, each with the nearest that something does.
 *
 * @param entries every command, for its name
 * @param specs at least the command that was typed, for its options
 */
export function wrongWords(
  { command, options }: Words,
  globals: Options,
  entries: readonly Pick<CommandEntry, 'usage'>[],
  specs: readonly CommandSpec[],
): readonly Problem[] {
  if (command === null) {
    const wrong = options.flatMap((word) => wrongOption(word, { ...globals, ...ALWAYS }));
    return wrong.length > 0 ? wrong : [{ code: 'cli.no-command' }];
  }
  const names = [...entries.map(nameOf), 'completion', 'help'];
  if (!names.includes(command)) return [unknown('command', command, suggestion(command, names))];
  const known = { ...specs.find((spec) => nameOf(spec) === command)?.options, ...globals, ...ALWAYS };
  return options.flatMap((word) => wrongOption(word, known));
}

/** The command's own word. */
export function nameOf({ usage }: Pick<CommandEntry, 'usage'>): string {
  return usage.split(' ')[0] ?? '';
}

function isOption(word: string): boolean {
  return /^-./u.test(word);
}

/** Whether this word is an option whose value is the word behind it. */
export function takesNextWord(word: string, options: Options): boolean {
  const [, name] = /^--([^=]+)$/u.exec(word) ?? [];
  const short = /^-(\w)$/u.exec(word)?.[1];
  const found = name === undefined ? aliased(short ?? '', options) : options[name];
  return found !== undefined && found.type !== 'boolean';
}

function aliased(letter: string, options: Options): OptionSpec | undefined {
  return Object.values(options).find(({ alias }) => alias === letter);
}

function wrongOption(word: string, known: Options): readonly Problem[] {
  return word.startsWith('--') ? wrongLong(word, known) : wrongShort(word, known);
}

function wrongLong(word: string, known: Options): readonly Problem[] {
  const [, name = '', value] = /^--([^=]*)(=.*)?$/su.exec(word) ?? [];
  const spec = known[name] ?? known[negated(name, known) ?? ''];
  if (spec === undefined) {
    const negations = Object.keys(known).filter(
      (option) => known[option]?.type === 'boolean' && !(option in ALWAYS),
    );
    const names = [...Object.keys(known), ...negations.map((option) => `no-${option}`)];
    const near = suggestion(name, names) ?? suggestion(name.replace(/^no-/u, ''), names);
    return [unknown('option', `--${name}`, near === null ? null : `--${near}`)];
  }
  // `--dry-run=maybe` must never be read as "no".
  const off = spec.type === 'boolean' && value !== undefined;
  return off
    ? [
        {
          code: 'cli.option-takes-no-value',
          params: { option: `--${name}`, name: name.replace(/^no-/u, '') },
        },
      ]
    : [];
}

/** `no-wait` is the negation of `wait`; only what is on or off can be negated. */
function negated(name: string, known: Options): string | null {
  const [, option] = /^no-(.+)$/u.exec(name) ?? [];
  return option !== undefined && known[option]?.type === 'boolean' ? option : null;
}

function wrongShort(word: string, known: Options): readonly Problem[] {
  const [, letters = ''] = /^-([^=]*)/u.exec(word) ?? [];
  const first = [...letters].find((letter) => aliased(letter, known) === undefined);
  return first === undefined ? [] : [unknown('option', `-${first}`, null)];
}

function unknown(kind: 'option' | 'command', word: string, near: string | null): Problem {
  if (kind === 'option') {
    return near === null
      ? { code: 'cli.unknown-option', params: { option: word } }
      : { code: 'cli.unknown-option-suggestion', params: { option: word, suggestion: near } };
  }
  return near === null
    ? { code: 'cli.unknown-command', params: { command: word } }
    : { code: 'cli.unknown-command-suggestion', params: { command: word, suggestion: near } };
}
