import { realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { shortened } from '../core/problem.js';

/** What a message says of a table's columns: their names, or `none` where only their number is told. */
export interface ToldColumns {
  readonly columns: string;
  readonly count: number;
}

const MOST_NAMES = 20;
const LONGEST_NAME = 40;
/** A letter among letters, digits and what stands in names of columns; no key and value, no line of a program. */
const LIKE_A_NAME = /^(?=.*\p{L})[\p{L}\p{M}\p{N} _.()/#°ºª%&-]+$/u;

/**
 * The columns of a table as a message may tell them. A campaign file can name any file that the operator may read: a
 * password, a key. What stands in its first line is repeated only where it belongs to the campaign itself, being
 * in its folder, and reads like names of columns.
 *
 * @param within the campaign's folder; left out: a person named the file
 */
export function toldColumns(names: readonly string[], file: string, within?: string): ToldColumns {
  const count = names.length;
  if (within !== undefined && !(names.length > 1 && names.every(isLikeAName) && liesIn(file, within))) {
    return { columns: 'none', count };
  }
  const told = names.slice(0, MOST_NAMES).map(shortened).join(', ');
  return { columns: count > MOST_NAMES ? `${told}, …` : told, count };
}

function isLikeAName(name: string): boolean {
  return name === '' || (name.length <= LONGEST_NAME && LIKE_A_NAME.test(name) && !name.startsWith('-'));
}

/** Names of sheets, which no key file has: told where the workbook belongs to the campaign. null: not to be told. */
export function toldNames(names: readonly string[], file: string, within?: string): string | null {
  if (within !== undefined && !liesIn(file, within)) return null;
  const told = names.slice(0, MOST_NAMES).map(shortened).join(', ');
  return names.length > MOST_NAMES ? `${told}, …` : told;
}

/** With links followed: a link in the folder leads anywhere. */
function liesIn(file: string, folder: string): boolean {
  try {
    const way = relative(realpathSync(folder), realpathSync(file));
    return way !== '' && !/^(?:\.\.(?:[/\\]|$)|[/\\]|[A-Za-z]:)/u.test(way);
  } catch {
    return false;
  }
}
