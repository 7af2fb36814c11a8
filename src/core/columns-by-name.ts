import { suggestion } from './suggestion.js';

/** What a name in a template comes to: a column, or why not. */
export type ColumnLookup =
  | { readonly kind: 'found'; readonly index: number }
  | { readonly kind: 'missing'; readonly meant: string | null }
  | { readonly kind: 'ambiguous'; readonly columns: readonly string[] };

/** Finds columns by the names that templates use. */
export interface ColumnIndex {
  find(name: string): ColumnLookup;
}

/**
 * Columns by name. Case, accents and surrounding space do not count; a column with spaces or signs in its name can also
 * be written with `_` in their place (`Nombre completo` as `nombre_completo`), as long as only one column fits.
 */
export function columnIndex(columns: readonly string[]): ColumnIndex {
  const byName = grouped(columns, folded);
  const bySlug = grouped(columns, slug);
  return {
    find(name) {
      const index = byName.get(folded(name))?.[0];
      if (index !== undefined) return { kind: 'found', index };
      const fitting = bySlug.get(slug(name)) ?? [];
      const [only] = fitting;
      if (only === undefined)
        return { kind: 'missing', meant: suggestion(name, columns) ?? columnWithWord(name, columns) };
      if (fitting.length === 1) return { kind: 'found', index: only };
      return { kind: 'ambiguous', columns: columns.filter((_, at) => fitting.includes(at)) };
    },
  };
}

/** `{{ Nombre completo }}` is two names to Liquid; each of them is a word of the column that was meant. */
function columnWithWord(name: string, columns: readonly string[]): string | null {
  const [only, other] = columns.filter((column) => slug(column).split('_').includes(slug(name)));
  return only === undefined || other !== undefined ? null : only;
}

function grouped(
  columns: readonly string[],
  keyOf: (column: string) => string,
): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  columns.forEach((column, index) => {
    const key = keyOf(column);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  });
  return groups;
}

function folded(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();
}

function slug(name: string): string {
  return folded(name)
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

/** To Liquid these are values, or the whole row. */
const OTHER_MEANING = new Set(['true', 'false', 'nil', 'null', 'empty', 'blank', 'row']);

/** How a column is written in a template: its slug where only it has that slug, else through `row`. */
export function writtenColumn(column: string, columns: readonly string[]): string {
  const name = slug(column);
  const alone = columns.filter((other) => slug(other) === name).length === 1;
  if (alone && /^[a-z][a-z0-9_]*$/.test(name) && !OTHER_MEANING.has(name)) return `{{ ${name} }}`;
  return `{{ row[${quotedText(column.trim())}] }}`;
}

/** A text between quotes, as Liquid reads it back. */
export function quotedText(text: string): string {
  const quote = text.includes('"') && !text.includes("'") ? "'" : '"';
  return quote + text.replace(/\\/gu, '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}
