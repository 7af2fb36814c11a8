import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ok, type Result, systemDetail } from '../core/problem.js';
import { makeFolders } from '../files/make-folders.js';
import { renameOverSync } from '../files/rename-over.js';
import { syncFolder } from '../files/sync.js';
import { temporaryName } from '../files/target.js';

/** What reading a small file of the state folder came to. */
export type StateRead<T> =
  | { readonly kind: 'none' }
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'damaged' }
  /** It is there and cannot be read; `detail` is the system's code. */
  | { readonly kind: 'unreadable'; readonly detail: string };

/** No file of the state folder comes near it. */
const LARGEST_BYTES = 64 * 1024;
const NEW = { flag: 'wx', mode: 0o600, flush: true } as const;

/**
 * Reads a JSON file of the state folder.
 *
 * @param parse the value, or null when it is not what is expected: the file is damaged then
 */
export function readStateFile<T>(file: string, parse: (value: unknown) => T | null): StateRead<T> {
  try {
    const stats = statSync(file);
    if (!stats.isFile() || stats.size > LARGEST_BYTES) return { kind: 'damaged' };
    const value = parse(JSON.parse(readFileSync(file, 'utf8')));
    return value === null ? { kind: 'damaged' } : { kind: 'read', value };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'damaged' };
    const detail = systemDetail(error);
    // No folder where one should be: what is to be written there will say so.
    return detail === 'ENOENT' || detail === 'ENOTDIR' ? { kind: 'none' } : { kind: 'unreadable', detail };
  }
}

/**
 * Puts a file into the state folder: whoever reads it sees the old one or the whole new one, also after a power cut.
 * Its owner alone can read it, and the folder. Problem: `state.unwritable`.
 */
export function writeStateFile(file: string, text: string): Result<null, 'state.unwritable'> {
  const folder = dirname(file);
  const temporary = join(folder, temporaryName());
  try {
    makeFolders(folder);
    writeFileSync(temporary, text, NEW);
    renameOverSync(temporary, file);
    syncFolder(folder);
    return ok(null);
  } catch (error) {
    removeQuietly(temporary);
    return unwritable(folder, error);
  }
}

/** Whether a file could be put there: leaves nothing behind but the folder. Problem: `state.unwritable`. */
export function probeStateFile(file: string): Result<null, 'state.unwritable'> {
  const folder = dirname(file);
  const probe = join(folder, temporaryName());
  try {
    makeFolders(folder);
    writeFileSync(probe, '', NEW);
    return ok(null);
  } catch (error) {
    return unwritable(folder, error);
  } finally {
    removeQuietly(probe);
  }
}

/** The same without writing anything, not even the folder. */
export function foretellStateFile(file: string): Result<null, 'state.unwritable'> {
  let folder = dirname(file);
  try {
    while (!existsSync(folder)) folder = dirname(folder);
    if (!statSync(folder).isDirectory()) return unwritable(dirname(file), 'ENOTDIR');
    accessSync(folder, constants.W_OK | constants.X_OK);
    return ok(null);
  } catch (error) {
    return unwritable(dirname(file), error);
  }
}

/** The problem of a state folder that does not take what has to be written. */
export function unwritable(folder: string, error: unknown): Result<never, 'state.unwritable'> {
  return {
    ok: false,
    problems: [{ code: 'state.unwritable', params: { folder, detail: systemDetail(error) } }],
  };
}

function removeQuietly(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    return;
  }
}
