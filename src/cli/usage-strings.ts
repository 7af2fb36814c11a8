import type { Translate } from '../core/problem.js';

/** yargs asks for some sentences by number; ours hold for any. */
interface Plural {
  readonly one: string;
  readonly other: string;
}

/**
 * What yargs says by itself, in other words than its own: its own translations are files, which the bundle leaves behind.
 * `%s` stands where yargs puts its values; the keys are those of https://github.com/yargs/yargs/blob/main/locales/en.json.
 *
 * @param missing what to say when a word that the command needs is not there
 */
export function usageStrings(
  translate: Translate,
  missing: string,
): Readonly<Record<string, string | Plural>> {
  return {
    'Commands:': translate('usage.commands'),
    'Positionals:': translate('usage.positionals'),
    boolean: translate('usage.boolean'),
    string: translate('usage.string'),
    array: translate('usage.array'),
    required: translate('usage.required'),
    'default:': translate('usage.default'),
    'choices:': translate('usage.choices'),
    'aliases:': translate('usage.aliases'),
    'Show help': translate('usage.help'),
    'Show version number': translate('usage.version'),
    'Not enough non-option arguments: got %s, need at least %s': plural(missing),
    'Not enough arguments following: %s': translate('usage.needs-value'),
    'Missing argument value: %s': plural(translate('usage.needs-value')),
    'Missing required argument: %s': {
      one: translate('usage.missing-option'),
      other: translate('usage.missing-options'),
    },
    'Too many non-option arguments: got %s, maximum of %s': plural(translate('usage.too-many')),
    'Unknown argument: %s': plural(translate('usage.unknown-word')),
    'Invalid values:': translate('usage.invalid'),
    'Argument: %s, Given: %s, Choices: %s': translate('usage.invalid-value'),
  };
}

function plural(sentence: string): Plural {
  return { one: sentence, other: sentence };
}

/**
 * Help with the reader's words for what a command takes, such as `<carpeta>`: to yargs they are names, and English. What stands
 * beside them stays in its column.
 */
export function inOwnWords(help: string, translate: Translate): string {
  const words = new Map(
    translate('usage.words')
      .split(' ')
      .map((pair) => pair.split('=') as [string, string]),
  );
  const named = new RegExp(
    `(?<=[<[]|^  )(${[...words.keys()].join('|')})((?:\\.\\.)?[>\\]]|(?=  ))( *)`,
    'gmu',
  );
  let shorter = 0;
  return help
    .replaceAll(` [${translate('usage.default')} []]`, '')
    .replace(named, (_, name: string, end: string, gap: string) => {
      const word = words.get(name) ?? name;
      shorter += name.length - word.length;
      // Another word follows, and then the column.
      if (gap === ' ') return `${word}${end}${gap}`;
      const room = gap === '' ? 0 : Math.max(1, gap.length + shorter);
      shorter = 0;
      return `${word}${end}${' '.repeat(room)}`;
    });
}
