import type { ListOptionSpec, ListOptions, OptionValue } from '../../core/conversation-options.js';
import type { Problem } from '../../core/problem.js';
import { MARKS, type Mark } from './marks.js';

const CHANNELS = [
  'omnichannel',
  'webchat',
  'messenger',
  'whatsapp',
  'zalo',
  'smtp',
  'telegram',
  'instagram',
  'tiktok',
] as const;

/** The documented parameters of ChatbotX's list. */
export const chatbotxOptions: readonly ListOptionSpec[] = [
  {
    name: 'bot-category',
    type: 'choice',
    role: 'filter',
    choices: ['bot', 'human', 'all'],
    description: 'list.describe.chatbotx.bot-category',
    parameter: 'botCategory',
  },
  {
    name: 'assigned-id',
    type: 'text',
    role: 'filter',
    description: 'list.describe.chatbotx.assigned-id',
    parameter: 'assignedId',
  },
  {
    name: 'channel',
    type: 'choice',
    role: 'channel',
    choices: CHANNELS,
    description: 'list.describe.chatbotx.channel',
    parameter: 'channel',
  },
  {
    name: 'status',
    type: 'choices',
    role: 'filter',
    choices: MARKS,
    description: 'list.describe.chatbotx.status',
    parameter: 'status',
  },
  {
    name: 'keyword',
    type: 'text',
    role: 'filter',
    description: 'list.describe.chatbotx.keyword',
    parameter: 'keyword',
  },
  {
    name: 'bot-enabled',
    type: 'boolean',
    role: 'filter',
    description: 'list.describe.chatbotx.bot-enabled',
    parameter: 'botEnabled',
  },
  {
    name: 'tags',
    type: 'choices',
    role: 'tags',
    choices: MARKS,
    description: 'list.describe.chatbotx.tags',
    parameter: 'tags',
  },
  {
    name: 'contact-filter',
    type: 'object',
    role: 'filter',
    description: 'list.describe.chatbotx.contact-filter',
    parameter: 'contactFilter',
  },
  {
    name: 'cursor',
    type: 'text',
    role: 'start',
    description: 'list.describe.chatbotx.cursor',
    parameter: 'cursor',
  },
  {
    name: 'per-page',
    type: 'integer',
    role: 'page-size',
    least: 1,
    description: 'list.describe.chatbotx.per-page',
    parameter: 'perPage',
  },
  {
    name: 'sort',
    type: 'objects',
    role: 'order',
    description: 'list.describe.chatbotx.sort',
    parameter: 'sort',
  },
];

/** What to ask ChatbotX for. */
export interface ChatbotxPlan {
  /** The query but for tags and cursor. */
  readonly filters: readonly (readonly [name: string, value: string])[];
  /** The list is read once for each set of tags, because the server hides archived and blocked conversations. */
  readonly passes: readonly (readonly Mark[])[];
  /** Records that show none of these are left out on our side; null: all are kept. */
  readonly statuses: readonly Mark[] | null;
  readonly cursor: string | null;
  readonly notices: readonly Problem[];
}

/** Options that the plan treats on its own. */
const PLANNED = new Set(['tags', 'cursor']);

/** Makes a plan out of checked options. */
export function chatbotxPlan(options: ListOptions): ChatbotxPlan {
  const tags = marksIn(options.get('tags'));
  const statuses = options.has('status') ? marksIn(options.get('status')) : null;
  const cursor = options.get('cursor');
  const filters = chatbotxOptions
    .filter(({ name }) => options.has(name) && !PLANNED.has(name))
    .map(({ name, parameter }) => [parameter, wireText(options.get(name))] as const);
  const passes = passesFor(tags, statuses);
  const notices: Problem[] = [];
  if (statuses !== null) notices.push({ code: 'list.notice.status-filtered-here' });
  if (options.has('sort')) notices.push({ code: 'list.notice.sort-ignored' });
  if (passes.length > 1 && statuses === null) notices.push({ code: 'list.notice.archived-too' });
  return { filters, passes, statuses, cursor: typeof cursor === 'string' ? cursor : null, notices };
}

function marksIn(value: OptionValue | undefined): readonly Mark[] {
  const words: readonly unknown[] = Array.isArray(value) ? value : [];
  return MARKS.filter((mark) => words.includes(mark));
}

/**
 * The sets of tags to ask for. Several tags must all hold, and without `archived` the server leaves out what is
 * archived, without `blocked` what is blocked: whoever asks for one of the two gets both together in a second pass.
 * A status is looked for among what is shown, and among what is hidden when it names what is hidden.
 */
function passesFor(tags: readonly Mark[], statuses: readonly Mark[] | null): readonly (readonly Mark[])[] {
  const hidden = (statuses ?? []).filter((mark) => mark === 'archived' || mark === 'blocked');
  const shown = statuses === null || statuses.length > hidden.length;
  const wanted = [...(shown ? [tags] : []), ...hidden.map((mark) => [...tags, mark])];
  const all = wanted.flatMap((set) => {
    const alone = set.includes('archived') !== set.includes('blocked');
    return alone ? [set, [...set, 'archived', 'blocked'] as const] : [set];
  });
  const ordered = all.map((set) => MARKS.filter((mark) => (set as readonly Mark[]).includes(mark)));
  return ordered.filter((set, index) => ordered.findIndex((other) => other.join() === set.join()) === index);
}

/** A value as the server reads it: plain values as they are, arrays and objects as one JSON text. */
function wireText(value: OptionValue | undefined): string {
  return typeof value === 'object' ? jsonText(value) : String(value);
}

/**
 * JSON for ChatbotX, whose server decodes such a value once more than the query (`JSON.parse(decodeURIComponent(…))`)
 * and drops the filter when that fails. A `%` inside a text is written as `\u0025`: that is the same JSON, and it
 * survives one decoding as well as two.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll('%', '\\u0025');
}
