import { closeSync, lstatSync, openSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Problem, systemCode } from '../core/problem.js';
import { renameOverSync } from './rename-over.js';
import { temporaryName } from './target.js';

/** What lies at a name after `createPrivate`. */
export type Found = 'made' | 'file' | 'link' | 'other';

/**
 * Makes an empty file that its owner alone can read, from its first byte on, unless something has the name already:
 * then nothing is opened, and the answer says what it is. For databases: SQLite gives a file that it makes itself the
 * permissions of the umask, and to the files beside it (`-wal`, `-journal`) those of the database. A database that is
 * there is never opened here: closing it would drop SQLite's locks (https://www.sqlite.org/howtocorrupt.html).
 * Throws what the file system says.
 */
export function createPrivate(path: string): Found {
  try {
    closeSync(openSync(path, 'wx', 0o600));
    return 'made';
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    return foundAt(path) ?? 'other';
  }
}

/** Why a database of plazcast's own naming cannot lie there: a link may lead to somebody's, a pipe is never read to its end. */
export function unfitFor(found: Found, path: string): Problem | null {
  if (found === 'link') return { code: 'file.link', params: { path } };
  return found === 'other' ? { code: 'file.in-the-way', params: { path } } : null;
}

/** What lies at a name, a link not followed; null: nothing, also where a file stands in the way of a folder. */
export function foundAt(path: string): Exclude<Found, 'made'> | null {
  const there = statsAt(path);
  if (there === undefined) return null;
  if (there.isSymbolicLink()) return 'link';
  return there.isFile() ? 'file' : 'other';
}

function statsAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Writes a small file that its owner alone can read, in the place of whatever has the name. Throws what the file system says. */
export function replacePrivate(path: string, text: string): void {
  const temporary = join(dirname(path), temporaryName());
  try {
    writeFileSync(temporary, text, { flag: 'wx', mode: 0o600 });
    renameOverSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
