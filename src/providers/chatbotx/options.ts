import { type ListOptions, type OptionValue, parameterOf } from '../../core/conversation-options.js';
import { CHATBOTX_MARKS as MARKS } from '../../core/list-option-tables.js';
import type { Problem } from '../../core/problem.js';
import type { Mark } from './marks.js';

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
  const filters = [...options]
    .filter(([name]) => !PLANNED.has(name))
    .map(([name, value]) => [parameterOf(name), wireText(value)] as const);
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
function wireText(value: OptionValue): string {
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
