import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failed, ok, type Result } from '../core/problem.js';
import { foundAt } from '../files/private-file.js';

/** Those of these names under which something lies in a folder. */
export function existingIn(folder: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => foundAt(join(folder, name)) !== null);
}

/** Makes new files in a folder, for their owner alone, and the folder where it is missing; never over a file that exists. */
export function createFolder(folder: string, files: ReadonlyMap<string, string>): Result<null> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const [name, text] of files) writeFileSync(join(folder, name), text, { flag: 'wx', mode: 0o600 });
    return ok(null);
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failed({ code: 'init.unwritable', params: { folder, detail } });
  }
}
