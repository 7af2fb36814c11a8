import { existsSync, linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryName } from './target.js';
import { errorCode } from './unwritable-file.js';

/** Makes a file for its owner alone: the whole of it is there, or nothing. Throws what the file system says, also `EEXIST`. */
export function writeNewFile(path: string, text: string): void {
  const temporary = join(dirname(path), temporaryName());
  try {
    writeFileSync(temporary, text, { flag: 'wx', mode: 0o600, flush: true });
    giveName(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** A link fails where a name is taken, which a rename would not. Not every file system has links. */
export function giveName(temporary: string, file: string): void {
  try {
    linkSync(temporary, file);
  } catch (error) {
    if (errorCode(error) === 'EEXIST' || existsSync(file)) throw error;
    renameSync(temporary, file);
  }
}
