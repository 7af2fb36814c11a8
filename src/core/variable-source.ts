import { columnIndex, quotedText, writtenColumn } from './columns-by-name.js';

/** What fills a variable, as a person chooses it. */
export type VariableSource =
  /** `fallback`: what stands there where the cell is empty; null: such a row is not sent. */
  | { readonly kind: 'column'; readonly column: string; readonly fallback: string | null }
  /** The same text for everybody. */
  | { readonly kind: 'text'; readonly text: string }
  /** Liquid that somebody wrote; anything that is none of the above. */
  | { readonly kind: 'formula'; readonly formula: string };

const NAME = /[\p{L}_][\p{L}\p{N}_-]*/u.source;
const TEXT = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/su.source;
const ONE_COLUMN = new RegExp(
  `^\\{\\{-?\\s*(?:(?<name>${NAME})|row\\[\\s*(?<quoted>${TEXT})\\s*\\])\\s*(?:\\|\\s*default:\\s*(?<fallback>${TEXT})\\s*)?-?\\}\\}$`,
  'su',
);
const ONE_TEXT = new RegExp(`^\\{\\{\\s*(${TEXT})\\s*\\}\\}$`, 'su');
/** Where Liquid begins. */
const MARK = /\{[{%]/u;

/** What a Liquid text of the campaign file says, as far as a choice can say it, too. */
export function variableSource(template: string, columns: readonly string[]): VariableSource {
  const typed = template.trim();
  if (!MARK.test(typed)) return { kind: 'text', text: template };
  const [, text] = ONE_TEXT.exec(typed) ?? [];
  if (text !== undefined) return { kind: 'text', text: unquoted(text) };
  const { name, quoted, fallback } = ONE_COLUMN.exec(typed)?.groups ?? {};
  const wanted = name ?? (quoted === undefined ? null : unquoted(quoted));
  const found = wanted === null ? null : columnIndex(columns).find(wanted);
  const column = found?.kind === 'found' ? columns[found.index] : undefined;
  if (column === undefined) return { kind: 'formula', formula: template };
  return { kind: 'column', column, fallback: fallback === undefined ? null : unquoted(fallback) };
}

/** The Liquid text of a choice. */
export function variableTemplate(source: VariableSource, columns: readonly string[]): string {
  switch (source.kind) {
    case 'formula':
      return source.formula;
    case 'text':
      return MARK.test(source.text) ? `{{ ${quotedText(source.text)} }}` : source.text;
    case 'column': {
      const written = writtenColumn(source.column, columns);
      if (source.fallback === null) return written;
      return `${written.slice(0, -3)} | default: ${quotedText(source.fallback)} }}`;
    }
  }
}

const MEANT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/gsu, (_, sign: string) => MEANT[sign] ?? sign);
}

/** What a choice comes to in a row, before any rule looks at it; null: only Liquid knows. */
export function sampleOf(
  source: VariableSource,
  columns: readonly string[],
  cells: readonly string[],
): string | null {
  switch (source.kind) {
    case 'formula':
      return null;
    case 'text':
      return source.text;
    case 'column': {
      const cell = cells[columns.indexOf(source.column)] ?? '';
      return cell === '' ? (source.fallback ?? '') : cell;
    }
  }
}
