import { mkdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Bound } from '../core/bounds.js';
import { failed, ok, type Problem, type Result, systemCode, systemDetail } from '../core/problem.js';
import { makeFolders } from '../files/make-folders.js';
import { writeNewFile } from '../files/new-file.js';
import { readOrdinarySync } from '../files/ordinary-file.js';
import { foundAt } from '../files/private-file.js';

/** Those of these names under which something lies in a folder. */
export function existingIn(folder: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => foundAt(join(folder, name)) !== null);
}

/** Makes a folder that is nobody else's from then on; false: there is something of that name. */
export function claimFolder(folder: string): Result<boolean> {
  try {
    makeFolders(dirname(folder));
    return ok(madeNew(folder));
  } catch (error) {
    return failed({ code: 'init.unwritable', params: { folder, detail: systemDetail(error) } });
  }
}

function madeNew(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    return false;
  }
}

/** Takes a folder away that was claimed and that nothing came into. */
export function giveUpFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something lies in it: it is not ours any more.
  }
}

/**
 * Makes new files in a folder, for their owner alone, and the folder where it is missing; never over a file that exists, unless
 * it holds the same already. Half a file, or some of them, would be taken for a campaign: all are there, or none. A process
 * that is killed in between leaves the first ones.
 */
export function createFolder(folder: string, files: ReadonlyMap<string, string>): Result<null> {
  const there = existingIn(folder, [...files.keys()]);
  const others = there.filter((name) => !holds(join(folder, name), files.get(name) ?? ''));
  if (others.length > 0)
    return failed(
      ...others.map((name): Problem => ({ code: 'init.exists', params: { path: join(folder, name) } })),
    );
  const made: string[] = [];
  let isNew = false;
  try {
    isNew = makeFolders(folder);
    for (const [name, text] of files) {
      if (there.includes(name)) continue;
      writeNewFile(join(folder, name), text);
      made.push(name);
    }
    return ok(null);
  } catch (error) {
    for (const name of made) rmSync(join(folder, name), { force: true });
    if (isNew) giveUpFolder(folder);
    return failed({ code: 'init.unwritable', params: { folder, detail: systemDetail(error) } });
  }
}

function holds(path: string, text: string): boolean {
  const expected = Buffer.from(text);
  const most: Bound = { value: expected.length, unit: 'bytes', reason: 'a larger file holds something else' };
  try {
    return readOrdinarySync(path, most).equals(expected);
  } catch {
    return false;
  }
}
