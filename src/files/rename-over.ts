import { renameSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { systemCode } from '../core/problem.js';

/** The system that renames. */
export interface Renaming<T> {
  readonly platform: NodeJS.Platform;
  readonly rename: (from: string, to: string) => T;
  readonly waitMs: number;
}

/** With what Windows refuses to replace a file that a program has open. */
const REFUSALS = new Set(['EPERM', 'EACCES', 'EBUSY']);
const WRITABLE = 0o200;
/** A virus scanner lets go in that time; Excel does not. */
const TRIES = 5;
const WAIT_MS = 50;

/**
 * Whether a file could not be replaced because another program, such as Excel, has it open. Elsewhere than on Windows that is no
 * obstacle, and a refusal means something else.
 */
export function isHeldOpen(code: string, file: string, platform = process.platform): boolean {
  if (platform !== 'win32' || !REFUSALS.has(code)) return false;
  const there = statSync(file, { throwIfNoEntry: false });
  return there?.isFile() === true && (there.mode & WRITABLE) !== 0;
}

/** Puts a file in the place of another one, which a program may have open for an instant. Throws what the file system says. */
export async function renameOver(
  from: string,
  to: string,
  system: Renaming<Promise<void> | void> = { platform: process.platform, rename, waitMs: WAIT_MS },
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await system.rename(from, to);
    } catch (error) {
      if (!isToBeTriedAgain(error, to, tries, system.platform)) throw error;
    }
    await wait(tries * system.waitMs);
  }
}

/** The same, for what is needed before anything else. */
export function renameOverSync(
  from: string,
  to: string,
  system: Renaming<void> = { platform: process.platform, rename: renameSync, waitMs: WAIT_MS },
): void {
  for (let tries = 1; ; tries += 1) {
    try {
      system.rename(from, to);
      return;
    } catch (error) {
      if (!isToBeTriedAgain(error, to, tries, system.platform)) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, tries * system.waitMs);
  }
}

function isToBeTriedAgain(error: unknown, to: string, tries: number, platform: NodeJS.Platform): boolean {
  return tries < TRIES && isHeldOpen(systemCode(error) ?? '', to, platform);
}
