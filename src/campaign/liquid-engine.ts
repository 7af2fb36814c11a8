import { Liquid, RenderError, type Template } from 'liquidjs';
import { BOUNDS } from '../core/bounds.js';
import { type Problem, shortened } from '../core/problem.js';
import { suggestion } from '../core/suggestion.js';
import { defaulting, UnreadableValue } from './liquid-cells.js';
import { comparing } from './liquid-comparisons.js';
import { type DateHabits, datePrinting, unusableCode } from './liquid-dates.js';
import { calculating } from './liquid-numbers.js';
import { countingTags } from './liquid-tags.js';

/** Tags that read other files or depend on them. */
const FILE_TAGS = ['include', 'render', 'layout', 'block'] as const;
/** A row is filled in more than once, and must come out the same: nothing is left to chance. */
const CHANCE_FILTERS = ['sample'] as const;
/** A date that is read from the clock: messages go out later than they are filled in, some of them days later. */
const CLOCK = /["'](?:now|today)["']\s*\|\s*date/;

const DATE_FORMAT = /\|\s*date\s*:\s*(?:"([^"]*)"|'([^']*)')/g;

/** What a problem of a template needs to know: the sentence, and where inside of the template. */
export interface TemplateProblem {
  readonly problem: Problem;
  readonly line: number;
  readonly column: number;
}

/**
 * Liquid for campaign files: unknown columns and filters are errors, only a row's own cells are seen, and no file is ever
 * read (https://liquidjs.com/tutorials/options.html). The same row comes out the same at all times and on every machine.
 */
export function liquidEngine(habits: DateHabits): Liquid {
  const operators = comparing(habits);
  const engine = new Liquid({
    locale: habits.language,
    preserveTimezones: true,
    operators,
    // A blank cell is the text '', which Liquid holds for true.
    jsTruthy: true,
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    // These bounds stop loops that would hang a run; the time of a row is set when it is rendered.
    parseLimit: BOUNDS.templateText.value,
    memoryLimit: BOUNDS.templateMemory.value,
  });
  for (const tag of FILE_TAGS) delete engine.tags[tag];
  for (const filter of CHANCE_FILTERS) delete engine.filters[filter];
  Object.assign(engine.tags, countingTags(operators));
  const { filters } = engine;
  Object.assign(filters, calculating(filters), datePrinting(filters, habits), defaulting(filters));
  return engine;
}

/** Parses the template of `key` once. The problem says what is wrong in words of the campaign file. */
export function parseTemplate(
  engine: Liquid,
  key: string,
  text: string,
):
  | { readonly ok: true; readonly value: Template[] }
  | { readonly ok: false; readonly found: TemplateProblem } {
  const refused = refusedDate(key, text);
  if (refused !== null) return { ok: false, found: refused };
  try {
    return { ok: true, value: engine.parse(text) };
  } catch (error) {
    const [line, column] = positionOf(error);
    return { ok: false, found: { problem: parseProblem(engine, key, error), line, column } };
  }
}

/** A date that would not be the same at all times and on every machine. */
function refusedDate(key: string, text: string): TemplateProblem | null {
  const clock = CLOCK.exec(text);
  if (clock !== null)
    return { problem: { code: 'campaign.liquid-clock', params: { key } }, ...placeOf(text, clock.index) };
  for (const { index, 1: double, 2: single } of text.matchAll(DATE_FORMAT)) {
    const typed = unusableCode(double ?? single ?? '');
    if (typed === null) continue;
    return {
      problem: { code: 'campaign.liquid-date-code', params: { key, typed } },
      ...placeOf(text, index),
    };
  }
  return null;
}

function parseProblem(engine: Liquid, key: string, error: unknown): Problem {
  const message = error instanceof Error ? error.message.replace(/, line:\d+, col:\d+$/, '') : '';
  const filter = /^undefined filter: (.+)$/.exec(message)?.[1];
  if (filter !== undefined) return unknownFilter(engine, key, filter);
  const tag = /^tag "(.+)" not found$/.exec(message)?.[1];
  if (tag !== undefined) return { code: 'campaign.liquid-tag', params: { key, tag: shortened(tag) } };
  if (/not closed/.test(message)) return { code: 'campaign.liquid-unclosed', params: { key } };
  return { code: 'campaign.liquid-syntax', params: { key, detail: shortened(message) } };
}

function unknownFilter(engine: Liquid, key: string, typed: string): Problem {
  const filter = shortened(typed);
  const meant = suggestion(typed, Object.keys(engine.filters));
  return meant === null
    ? { code: 'campaign.liquid-filter', params: { key, filter } }
    : { code: 'campaign.liquid-filter-meant', params: { key, filter, meant } };
}

function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

function positionOf(error: unknown): readonly [line: number, column: number] {
  const found = error instanceof Error ? /, line:(\d+), col:(\d+)/.exec(error.message) : null;
  return [Number(found?.[1] ?? 1), Number(found?.[2] ?? 1)];
}

/** A column that a template asks for: `{{ nombre }}` or `{{ row["Nombre completo"] }}`. */
export interface ColumnUse {
  readonly name: string;
  /** Whether it is asked for through `row[…]`. */
  readonly throughRow: boolean;
  readonly line: number;
  readonly column: number;
}

/** Which columns a template asks for. `wholeRow`: it picks columns by names that only a row tells. */
export function columnUses(
  engine: Liquid,
  templates: Template[],
): { readonly uses: readonly ColumnUse[]; readonly wholeRow: boolean } {
  const globals = Object.values(engine.analyzeSync(templates).globals).flat();
  const uses: ColumnUse[] = [];
  let wholeRow = false;
  for (const { segments, location } of globals) {
    const [root, property] = segments;
    const place = { line: location.row, column: location.col };
    if (root === 'row' && segments.length > 1) {
      if (typeof property === 'string') uses.push({ name: property, throughRow: true, ...place });
      else wholeRow = true;
    } else if (typeof root === 'string') {
      uses.push({ name: root, throughRow: false, ...place });
    }
  }
  return { uses, wholeRow };
}

/** What running a template came to. A failure carries what Liquid said, without the row's values. */
export type Rendered =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly detail: string }
  | ({ readonly kind: 'unreadable' } & Pick<UnreadableValue, 'reason' | 'value'>)
  | { readonly kind: 'out-of-time'; readonly detail: string };

/** Runs a parsed template for at most so long. */
export function rendered(engine: Liquid, templates: Template[], scope: object, limitMs: number): Rendered {
  try {
    return { kind: 'text', text: String(engine.renderSync(templates, scope, { renderLimit: limitMs })) };
  } catch (error) {
    const cause = error instanceof RenderError ? error.originalError : null;
    if (cause instanceof UnreadableValue)
      return { kind: 'unreadable', reason: cause.reason, value: cause.value };
    const detail = error instanceof Error ? error.message.replace(/, line:\d+, col:\d+$/, '') : '';
    return { kind: OUT_OF_TIME.test(detail) ? 'out-of-time' : 'failed', detail: shortened(detail) };
  }
}

const OUT_OF_TIME = /^template render limit exceeded/;
