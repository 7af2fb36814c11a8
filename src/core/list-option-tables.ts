import type { PlainCode } from '../locales/index.js';
import { LIST_PROVIDERS, type ListProvider } from './conversation.js';

/** What an option is for: tells which option of another provider means the same. */
type OptionRole = 'page-size' | 'start' | 'channel' | 'tags' | 'order';

/** What an option takes: one of a few words, several of them, or a value of a kind. */
type OptionShape = {
  /** Left out: a filter of this provider alone. */
  readonly role?: OptionRole;
  readonly default?: string;
  /** Smallest value of an integer. */
  readonly least?: number;
} & (
  | { readonly type: 'choice' | 'choices'; readonly choices: readonly string[] }
  | {
      readonly type: 'text' | 'integer' | 'boolean' | 'list' | 'date' | 'object' | 'objects';
      readonly choices?: never;
    }
);

/**
 * One documented parameter of a provider's list, as an option. Whoever asks for it takes it as a string (an array of
 * strings when it is of type `choices` or `list`): numbers, dates and JSON are checked by `readListOptions`, which
 * gives better messages and keeps ids as they were typed.
 */
export type ListOptionSpec = OptionShape & {
  /** Kebab case, without dashes in front; the query's parameter has the same name in camel case. */
  readonly name: string;
  /** Code of the sentence that describes it. */
  readonly description: PlainCode;
};

/** The options of a provider by name: as many as are described to people. */
type OptionsOf<P extends ListProvider> = Readonly<Record<DescribedOf<P, PlainCode>, OptionShape>>;
type DescribedOf<P extends ListProvider, C> = C extends `list.describe.${P}.${infer Name}` ? Name : never;

/** The workspace comes from the environment or `--workspace`. */
const plazbot: OptionsOf<'plazbot'> = { 'continuation-token': { type: 'text', role: 'start' } };

/** `dateFilter` is built from the three date options. */
const platica: OptionsOf<'platica'> = {
  limit: { type: 'integer', role: 'page-size', least: 1 },
  offset: { type: 'integer', role: 'start' },
  'channel-id': { type: 'text', role: 'channel' },
  // Offset paging drifts over a list that changes at its head; new conversations come last in this order.
  'sort-by': {
    type: 'choice',
    role: 'order',
    choices: ['lastUpdate', 'creationDate'],
    default: 'creationDate',
  },
  'sort-direction': { type: 'choice', role: 'order', choices: ['asc', 'desc'], default: 'asc' },
  tags: { type: 'list', role: 'tags' },
  date: { type: 'date' },
  'date-from': { type: 'date' },
  'date-to': { type: 'date' },
};

/** ChatbotX's words for the state of a conversation: documented for `status` and for `tags` alike. */
export const CHATBOTX_MARKS = ['noAdminReply', 'unread', 'followUp', 'archived', 'blocked'] as const;

const CHATBOTX_CHANNELS = [
  'omnichannel',
  'webchat',
  'messenger',
  'whatsapp',
  'zalo',
  'smtp',
  'telegram',
  'instagram',
  'tiktok',
];

const chatbotx: OptionsOf<'chatbotx'> = {
  'bot-category': { type: 'choice', choices: ['bot', 'human', 'all'] },
  'assigned-id': { type: 'text' },
  channel: { type: 'choice', role: 'channel', choices: CHATBOTX_CHANNELS },
  status: { type: 'choices', choices: CHATBOTX_MARKS },
  keyword: { type: 'text' },
  'bot-enabled': { type: 'boolean' },
  tags: { type: 'choices', role: 'tags', choices: CHATBOTX_MARKS },
  'contact-filter': { type: 'object' },
  cursor: { type: 'text', role: 'start' },
  'per-page': { type: 'integer', role: 'page-size', least: 1 },
  sort: { type: 'objects', role: 'order' },
};

function listed(provider: ListProvider, options: Readonly<Record<string, OptionShape>>): ListOptionSpec[] {
  return Object.entries(options).map(([name, shape]) => ({
    name,
    description: `list.describe.${provider}.${name}` as PlainCode,
    ...shape,
  }));
}

/** The documented parameters of every provider's list. */
export const LIST_OPTION_TABLES: Readonly<Record<ListProvider, readonly ListOptionSpec[]>> = {
  plazbot: listed('plazbot', plazbot),
  platica: listed('platica', platica),
  chatbotx: listed('chatbotx', chatbotx),
};

/** The names of all options, of whichever provider. */
export const LIST_OPTION_NAMES: ReadonlySet<string> = new Set(
  LIST_PROVIDERS.flatMap((provider) => LIST_OPTION_TABLES[provider].map(({ name }) => name)),
);
