import { LIST_PROVIDERS } from '../../core/conversation.js';
import { LIST_OPTION_TABLES, type ListOptionSpec } from '../../core/list-option-tables.js';
import type { PlainCode } from '../../locales/index.js';
import type { Args, OptionSpec } from '../command.js';
import { TRUST_HOST } from '../commands/shared-options.js';

/** Names that stand in two tables: one description speaks of both. */
const DESCRIBED_TOGETHER: Readonly<Record<string, PlainCode>> = { tags: 'option.list-tags' };

/** Every parameter as an option of the command line, under its own name and as text. */
const FILTERS: Readonly<Record<string, OptionSpec>> = Object.fromEntries(
  LIST_PROVIDERS.flatMap((provider) => LIST_OPTION_TABLES[provider]).map((option) => [
    option.name,
    filterOption(option),
  ]),
);

/** No defaults and no choices here: `readListOptions` knows them for each provider. */
function filterOption({ name, type, description }: ListOptionSpec): OptionSpec {
  return {
    about: DESCRIBED_TOGETHER[name] ?? description,
    type: 'string',
    ...(type === 'list' || type === 'choices' ? { array: true } : {}),
    ...(type === 'boolean' ? {} : { requiresArg: true }),
  };
}

/** Which list to read, and how to get at it. */
export const LIST_ACCESS: Readonly<Record<string, OptionSpec>> = {
  'base-url': { about: 'option.base-url', type: 'string', requiresArg: true },
  workspace: { about: 'option.workspace', type: 'string', requiresArg: true },
  sandbox: { about: 'option.sandbox', type: 'boolean', default: false },
  ...TRUST_HOST,
};

/** Options of the commands that read a conversation list from any provider. */
export const LIST_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  from: {
    about: 'option.list-from',
    type: 'string',
    choices: [...LIST_PROVIDERS],
    demandOption: true,
    requiresArg: true,
  },
  max: { about: 'option.max', type: 'string', requiresArg: true },
  columns: { about: 'option.columns', type: 'string', array: true, requiresArg: true },
  ...FILTERS,
  api: { about: 'option.api', type: 'string', choices: ['classic', 'current'], requiresArg: true },
  ...LIST_ACCESS,
};

/** Names given with `--columns`, separated by commas or one by one; null when the option was not given. */
export function columnsOption(args: Args): readonly string[] | null {
  const texts = args.texts('columns');
  if (texts.length === 0) return null;
  const names = texts.flatMap((text) => text.split(',')).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}
