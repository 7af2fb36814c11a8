import type { Context } from 'liquidjs';
import type { Meanings } from '../core/recipient.js';

/** Where the filters find what a workbook knows of a row's cells; no name of a column is this. */
export const MEANINGS = Symbol('meanings');

/**
 * The day (a text) or the number that a cell with this text has; null: nothing is known of it. undefined: two cells show the
 * same and mean different things.
 */
export function meantBy(context: Context, shown: unknown): string | number | null | undefined {
  const { [MEANINGS]: meanings } = context.environments as { readonly [MEANINGS]?: Meanings };
  const found = meanings?.filter(([text]) => text === shown) ?? [];
  const [first] = found;
  if (first === undefined) return null;
  return found.every(([, meant]) => meant === first[1]) ? first[1] : undefined;
}
