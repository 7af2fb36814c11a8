import type { Say } from '../core/problem.js';

/** yargs asks for some sentences by number; ours hold for any. */
interface Plural {
  readonly one: string;
  readonly other: string;
}

/**
 * What yargs says by itself, in other words than its own. `%s` stands where yargs puts its values; the keys are those
 * of https://github.com/yargs/yargs/blob/main/locales/en.json.
 *
 * @param missing what to say when a word that the command needs is not there
 */
export function usageStrings(say: Say, missing: string): Readonly<Record<string, string | Plural>> {
  return {
    'Positionals:': say('usage.positionals'),
    boolean: say('usage.boolean'),
    string: say('usage.string'),
    array: say('usage.array'),
    required: say('usage.required'),
    'default:': say('usage.default'),
    'choices:': say('usage.choices'),
    'aliases:': say('usage.aliases'),
    'Show help': say('usage.help'),
    'Show version number': say('usage.version'),
    'Not enough non-option arguments: got %s, need at least %s': plural(missing),
    'Not enough arguments following: %s': say('usage.needs-value'),
    'Missing argument value: %s': plural(say('usage.needs-value')),
    'Missing required argument: %s': plural(say('usage.missing-option')),
    'Too many non-option arguments: got %s, maximum of %s': plural(say('usage.too-many')),
    'Unknown argument: %s': plural(say('usage.unknown-word')),
    'Invalid values:': say('usage.invalid'),
    'Argument: %s, Given: %s, Choices: %s': say('usage.invalid-value'),
  };
}

function plural(sentence: string): Plural {
  return { one: sentence, other: sentence };
}
