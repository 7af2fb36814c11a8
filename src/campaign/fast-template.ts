import type { Meanings } from '../core/recipient.js';

/** Text of a value made from the cells of a row. */
export type CellsToText = (cells: readonly string[], meanings?: Meanings | undefined) => string;

/** A name as it stands in a template, and whether it stands in `row[…]`. */
export type FindCell = (name: string, throughRow: boolean) => number | null;

const TEXT = /[^{]+/y;
const OUTPUT =
  /\{\{[ \t]*(?:([A-Za-z_]\w*)|row\[(?:"([^"\\]*)"|'([^'\\]*)')\])[ \t]*((?:\|[ \t]*(?:capitalize|upcase|downcase|strip|default:[ \t]*(?:"[^"\\{}|]*"|'[^'\\{}|]*'))[ \t]*)*)\}\}/y;
/** Words that are values to Liquid, not names. */
const LITERALS: ReadonlySet<string> = new Set(['true', 'false', 'nil', 'null', 'empty', 'blank', 'row']);

type Change = (text: string) => string;

/**
 * Most values are a column, perhaps with a simple filter and some text around it. Those need no Liquid engine per row:
 * this makes them by hand, with the same result (a property test holds both against each other). Null: the
 * template is none of these.
 */
export function fastTemplate(template: string, find: FindCell): CellsToText | null {
  const parts: CellsToText[] = [];
  let at = 0;
  while (at < template.length) {
    const text = matchAt(TEXT, template, at);
    const output = text === null ? matchAt(OUTPUT, template, at) : null;
    const part = text === null ? outputPart(output, find) : constant(text[0]);
    if (part === null) return null;
    parts.push(part);
    at += (text ?? output)?.[0].length ?? 0;
  }
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  return (cells) => {
    let whole = '';
    for (const part of parts) whole += part(cells);
    return whole;
  };
}

function matchAt(pattern: RegExp, template: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(template);
}

function constant(text: string): CellsToText {
  return () => text;
}

function outputPart(output: RegExpExecArray | null, find: FindCell): CellsToText | null {
  if (output === null) return null;
  const [, bare, double, single, filters = ''] = output;
  if (bare !== undefined && LITERALS.has(bare)) return null;
  const index = find(bare ?? double ?? single ?? '', bare === undefined);
  if (index === null) return null;
  const changes = changesOf(filters);
  const [only] = changes;
  if (only === undefined) return (cells) => cellText(cells, index);
  if (changes.length === 1) return (cells) => only(cellText(cells, index));
  return (cells) => changes.reduce((text, change) => change(text), cellText(cells, index));
}

const FILTER = /\|[ \t]*(\w+)(?::[ \t]*(?:"([^"]*)"|'([^']*)'))?/g;

function changesOf(filters: string): readonly Change[] {
  return [...filters.matchAll(FILTER)].map(([, name, double, single]) => {
    if (name === 'capitalize') return (text) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
    if (name === 'upcase') return (text) => text.toUpperCase();
    if (name === 'downcase') return (text) => text.toLowerCase();
    if (name === 'strip') return (text) => text.trim();
    const instead = double ?? single ?? '';
    return (text) => (text === '' ? instead : text);
  });
}

/** A cell as templates see it: one that holds nothing but space is empty, so that `default` works for it. */
export function cellText(cells: readonly string[], index: number): string {
  const cell = cells[index] ?? '';
  // Trimming every cell costs; only those that begin with a space or a rare character can be blank.
  const first = cell.charCodeAt(0);
  return (first <= 0x20 || first >= 0xa0) && cell.trim() === '' ? '' : cell;
}
