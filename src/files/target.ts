import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { failed, ok, type Result } from '../core/problem.js';

/** Who chose a file's name: a person, with an option, or plazcast. */
export type NamedBy = 'person' | 'plazcast';

/** Where a file really goes. */
export interface FileTarget {
  /** False: it is no ordinary file, and is written to as it is. */
  readonly replaced: boolean;
  /** With links followed, where they may be. */
  readonly path: string;
  /** Permissions of the new file. */
  readonly mode: number;
}

/** Readable and writable by the owner alone. */
const PRIVATE = 0o600;

/**
 * Where a file of this name goes, or why it must not. What lies at a name of plazcast's own may have come with a
 * stranger's folder: a link there leads anywhere, and permissions there are not the operator's.
 */
export async function targetOf(path: string, namedBy: NamedBy): Promise<Result<FileTarget>> {
  const there = await lstat(path).catch(() => null);
  if (there?.isSymbolicLink() !== true) return targetAt(path, there, namedBy);
  if (namedBy === 'plazcast') return failed({ code: 'file.link', params: { path } });
  if (!isOwn(there)) return failed({ code: 'file.foreign-link', params: { path } });
  const real = await realpath(path).catch(() => path);
  return targetAt(real, await stat(real).catch(() => null), namedBy);
}

function targetAt(path: string, there: Stats | null, namedBy: NamedBy): Result<FileTarget> {
  if (there === null) return ok({ replaced: true, path, mode: PRIVATE });
  if (namedBy === 'plazcast') {
    return there.isFile()
      ? ok({ replaced: true, path, mode: PRIVATE })
      : failed({ code: 'file.in-the-way', params: { path } });
  }
  if (there.isDirectory()) return failed({ code: 'report.target-is-folder', params: { path } });
  return ok({ replaced: there.isFile(), path, mode: there.mode & 0o777 });
}

/** In a folder that several people share, a link of somebody else's may be a trap. */
function isOwn({ uid }: Stats): boolean {
  const own = process.geteuid?.();
  return own === undefined || uid === own || uid === 0;
}

/**
 * A name that nobody can guess and lay a link at. Not made of the target's name: that may be as long as the file
 * system allows already.
 */
export function temporaryName(): string {
  return `.plazcast-${randomBytes(6).toString('hex')}.tmp`;
}
