import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failed, ok, type Problem, type Result } from '../core/problem.js';

/** A file that was written completely. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Writes a file so that a reader sees the old one or the whole new one, never a part: into a temporary file in
 * the same folder, synced, then renamed. When anything fails the temporary file is removed and the old file
 * stands. Errors of the disk come back as problems; what `chunks` throws is thrown on, after cleaning up.
 *
 * Links are followed. What is no ordinary file (a pipe, `/dev/stdout`) is written to directly.
 */
export async function writeAtomically(
  path: string,
  chunks: AsyncIterable<string> | Iterable<string>,
): Promise<Result<WrittenFile>> {
  const target = await targetOf(path);
  if (target.kind === 'folder') return failed({ code: 'report.target-is-folder', params: { path } });
  const replace = target.kind === 'file';
  const written = replace ? join(dirname(target.path), temporaryName()) : target.path;
  let handle: FileHandle | null = null;
  try {
    handle = await onDisk(open(written, replace ? 'wx' : constants.O_WRONLY, target.mode));
    const bytes = await writeChunks(handle, chunks);
    if (replace) await onDisk(handle.sync());
    await onDisk(handle.close());
    if (replace) await onDisk(rename(written, target.path));
    if (replace) await syncFolder(dirname(target.path));
    return ok({ path, bytes });
  } catch (error) {
    await handle?.close().catch(() => undefined);
    if (replace && handle !== null) await unlink(written).catch(() => undefined);
    if (error instanceof DiskError) return failed(problemOf(error.code, path));
    throw error;
  }
}

/** An error of the file system, told apart from errors of whoever makes the chunks. */
class DiskError extends Error {
  readonly code: string;
  constructor(code: string, cause: unknown) {
    super(`file system error ${code}`, { cause });
    this.code = code;
  }
}

async function onDisk<T>(operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    throw new DiskError(errorCode(error), error);
  }
}

async function writeChunks(
  handle: FileHandle,
  chunks: AsyncIterable<string> | Iterable<string>,
): Promise<number> {
  let bytes = 0;
  for await (const chunk of chunks) {
    const data = Buffer.from(chunk, 'utf8');
    await onDisk(handle.writeFile(data));
    bytes += data.length;
  }
  return bytes;
}

interface Target {
  readonly kind: 'file' | 'folder' | 'device';
  /** With links followed. */
  readonly path: string;
  /** A file that was there keeps its permissions. */
  readonly mode: number;
}

async function targetOf(path: string): Promise<Target> {
  const real = await realpath(path).catch(() => path);
  const stats = await stat(real).catch(() => null);
  if (stats === null) return { kind: 'file', path: real, mode: 0o666 };
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'device';
  return { kind, path: real, mode: stats.mode & 0o777 };
}

/** Not made of the target's name: that may be as long as the file system allows already. */
function temporaryName(): string {
  return `.plazcast-${randomBytes(6).toString('hex')}.tmp`;
}

/** Makes the new name durable. Not every system lets a folder be synced: the file itself is safe already. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}

function problemOf(code: string, path: string): Problem {
  const params = { path, folder: dirname(path), code };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { code: 'report.folder-missing', params };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { code: 'report.not-writable', params };
    case 'EBUSY':
    case 'ETXTBSY':
      return { code: 'report.file-in-use', params };
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return { code: 'report.disk-full', params };
    default:
      return { code: 'report.write-failed', params };
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
