import type { Liquid, Template } from 'liquidjs';
import { BOUNDS } from '../core/bounds.js';
import { type ColumnIndex, columnIndex, writtenColumn } from '../core/columns-by-name.js';
import { type Place, type Problem, problemAt } from '../core/problem.js';
import type { Meanings, RenderedRow, RowRenderer, UnfilledRow, Variable } from '../core/recipient.js';
import { type CellsToText, cellText, fastTemplate } from './fast-template.js';
import { MEANINGS } from './liquid-cells.js';
import { type ColumnUse, columnUses, type Rendered, rendered } from './liquid-engine.js';

/** A value of the campaign file, parsed. */
export interface ParsedTemplate {
  /** What it fills: `body.1`, `header.1`, `file.url`, `file.name`. */
  readonly name: string;
  readonly text: string;
  readonly templates: Template[];
  /** Where a line and column of the template stand in the campaign file. */
  placeInside(line: number, column: number): Place;
}

/** All templates of a campaign, in the order of the file. */
export interface CampaignTemplates {
  /** False: the campaign file has no `variables`; the file's own columns are the variables. */
  readonly fillsVariables: boolean;
  readonly body: readonly (ParsedTemplate & { readonly variable: string })[];
  readonly header: readonly (ParsedTemplate & { readonly variable: string })[];
  readonly attachment: { readonly url: ParsedTemplate; readonly name: ParsedTemplate } | null;
}

/** A value that a row cannot fill. Caught in this file; rows are too many to wrap every value in a result. */
class Unfilled extends Error {
  readonly row: UnfilledRow;
  constructor(row: UnfilledRow) {
    super(row.reason);
    this.row = row;
  }
}

/** Fills the templates of a campaign. They are parsed once; simple ones never reach the engine again. */
export function rowRenderer(engine: Liquid, campaign: CampaignTemplates): RowRenderer {
  const { body, header, attachment } = campaign;
  const all = [...body, ...header, ...(attachment === null ? [] : [attachment.url, attachment.name])];
  return {
    fillsVariables: campaign.fillsVariables,
    readsMeanings: all.some(({ text }) => fastTemplate(text, () => 0) === null),
    columnOf(name, columns) {
      const template = all.find((one) => one.name === name);
      return template === undefined ? null : onlyColumn(engine, template, columns);
    },
    prepare(columns) {
      const index = columnIndex(columns);
      const problems = all.flatMap((template) => missingColumns(engine, template, index, columns));
      if (problems.length > 0) return { ok: false, problems };
      const time = new RenderTime();
      const compile = (template: ParsedTemplate) => compiled(engine, template, index, columns, time);
      const fills = (templates: CampaignTemplates['body']) =>
        templates.map((template) => ({ variable: template.variable, fill: compile(template) }));
      const row: CompiledRow = {
        body: fills(body),
        header: fills(header),
        attachment: attachment && { url: compile(attachment.url), name: compile(attachment.name) },
      };
      return {
        ok: true,
        value: (cells, meanings) => {
          time.startRow();
          return renderedRow(row, cells, meanings);
        },
      };
    },
  };
}

interface CompiledRow {
  readonly body: readonly { readonly variable: string; readonly fill: CellsToText }[];
  readonly header: readonly { readonly variable: string; readonly fill: CellsToText }[];
  readonly attachment: { readonly url: CellsToText; readonly name: CellsToText } | null;
}

function renderedRow(
  row: CompiledRow,
  cells: readonly string[],
  meanings: Meanings | undefined,
): RenderedRow {
  try {
    const filled = (fills: CompiledRow['body']): readonly Variable[] =>
      fills.map(({ variable, fill }) => ({ variable, value: fill(cells, meanings) }));
    const attachment = row.attachment && {
      url: row.attachment.url(cells, meanings).trim(),
      name: row.attachment.name(cells, meanings).trim(),
    };
    return { ok: true, body: filled(row.body), header: filled(row.header), attachment };
  } catch (error) {
    if (!(error instanceof Unfilled)) throw error;
    return error.row;
  }
}

function onlyColumn(
  engine: Liquid,
  { templates }: ParsedTemplate,
  columns: readonly string[],
): string | null {
  const names = [...new Set(columnUses(engine, templates).uses.map(({ name }) => name))];
  const [only] = names;
  if (only === undefined || names.length > 1) return null;
  const lookup = columnIndex(columns).find(only);
  return lookup.kind === 'found' ? (columns[lookup.index] ?? null) : null;
}

/** One problem for each column that the template asks for and the file does not have. */
function missingColumns(
  engine: Liquid,
  template: ParsedTemplate,
  index: ColumnIndex,
  columns: readonly string[],
): readonly Problem[] {
  const { uses } = columnUses(engine, template.templates);
  const first = uses.filter((use, at) => uses.findIndex(({ name }) => name === use.name) === at);
  return first.flatMap((use) => {
    const problem = columnProblem(use, template.name, index, columns);
    return problem === null ? [] : [problemAt(problem, template.placeInside(use.line, use.column))];
  });
}

function columnProblem(
  use: ColumnUse,
  key: string,
  index: ColumnIndex,
  columns: readonly string[],
): Problem | null {
  const lookup = index.find(use.name);
  const params = { key, column: use.name };
  if (lookup.kind === 'found') return null;
  if (lookup.kind === 'ambiguous') {
    return { code: 'campaign.column-ambiguous', params: { ...params, columns: lookup.columns.join(', ') } };
  }
  if (lookup.meant !== null) {
    return {
      code: 'campaign.column-meant',
      params: { ...params, meant: writtenColumn(lookup.meant, columns) },
    };
  }
  // Whether their names may be told is known to whoever knows the file.
  return { code: 'campaign.column-missing', params: { ...params, columns: 'none', count: columns.length } };
}

function compiled(
  engine: Liquid,
  template: ParsedTemplate,
  index: ColumnIndex,
  columns: readonly string[],
  time: RenderTime,
): CellsToText {
  const find = (name: string) => {
    const lookup = index.find(name);
    return lookup.kind === 'found' ? lookup.index : null;
  };
  const fast = fastTemplate(template.text, find);
  if (fast !== null) return fast;
  const { uses, wholeRow } = columnUses(engine, template.templates);
  const cellsOf = (throughRow: boolean) =>
    uses.flatMap((use) => {
      const at = use.throughRow === throughRow ? find(use.name) : null;
      return at === null ? [] : [[use.name, at] as const];
    });
  const bare = cellsOf(false);
  const own = wholeRow ? columns.map((column, at) => [column, at] as const) : [];
  const inRow = [...own, ...cellsOf(true)];
  return (cells, meanings) => {
    const scope = { row: scopeOf(inRow, cells), ...scopeOf(bare, cells), [MEANINGS]: meanings };
    const result = renderedInTime(engine, template, scope, time);
    if (result.kind === 'text' && !time.isUp) return result.text;
    throw new Unfilled({ ok: false, name: template.name, ...whyUnfilled(result), ...stopOf(template, time) });
  };
}

function whyUnfilled(result: Rendered): Pick<UnfilledRow, 'reason' | 'value'> {
  if (result.kind === 'text') return { reason: 'variable.unresolved', value: '' };
  if (result.kind !== 'unreadable') return { reason: 'variable.unresolved', value: result.detail };
  return { reason: result.reason, value: result.value };
}

function renderedInTime(engine: Liquid, template: ParsedTemplate, scope: object, time: RenderTime): Rendered {
  const once = (): Rendered => {
    const began = performance.now();
    const result = rendered(engine, template.templates, scope, time.leftMs);
    time.took(performance.now() - began);
    return result;
  };
  const first = once();
  if (first.kind !== 'out-of-time') return first;
  time.again();
  return once();
}

function stopOf({ name, placeInside }: ParsedTemplate, time: RenderTime): { readonly stop?: Problem } {
  if (!time.isUp) return {};
  const params = { key: name, ...time.spent };
  return { stop: { code: 'campaign.template-slow', params, at: placeInside(1, 1) } };
}

function scopeOf(names: readonly (readonly [string, number])[], cells: readonly string[]): object {
  const scope: Record<string, string> = {};
  for (const [name, index] of names) scope[name] = cellText(cells, index);
  return scope;
}

/**
 * The time that the templates of one file take. A row may take `templateRow`; a file may take `templateFile` beyond what its
 * rows have earned, so that templates which loop end the work after a handful of rows and not after all of them.
 */
class RenderTime {
  #rows = 0;
  #rowMs = 0;
  #allMs = 0;

  /** The next row begins. */
  startRow(): void {
    this.#rows += 1;
    this.#rowMs = 0;
  }

  /** What is left for the row. */
  get leftMs(): number {
    return Math.max(0, BOUNDS.templateRow.value - this.#rowMs);
  }

  /** A machine that slept meanwhile took no more than a row may. */
  took(ms: number): void {
    const counted = Math.min(ms, BOUNDS.templateRow.value);
    this.#rowMs += counted;
    this.#allMs += counted;
  }

  /** The row is tried once more: a busy machine may have held it up. */
  again(): void {
    this.#rowMs = 0;
  }

  get isUp(): boolean {
    return this.#allMs > BOUNDS.templateFile.value + this.#rows * BOUNDS.templateRowEarns.value;
  }

  /** For a message. */
  get spent(): { readonly rows: number; readonly seconds: number } {
    return { rows: this.#rows, seconds: Math.round(this.#allMs / 1000) };
  }
}
