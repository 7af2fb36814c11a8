import { constants } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failed, ok, type Result } from '../core/problem.js';
import { isHeldOpen, renameOver } from './rename-over.js';
import { type FileTarget, type NamedBy, targetOf, temporaryName } from './target.js';
import { errorCode, UnwritableFile, unwritable } from './unwritable-file.js';

/** A file that was written completely. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

/** What a file is made of: text, or bytes as they are. */
export type FilePiece = string | Uint8Array;

/** A file that nobody sees yet: `keep` gives it its name, `discard` leaves what was there before. */
export interface FileInTheMaking {
  /** Throws `UnwritableFile`. */
  write(piece: FilePiece): Promise<void>;
  /** Makes it durable and gives it its name. Throws `UnwritableFile`. */
  keep(): Promise<WrittenFile>;
  /** Takes it away; after `keep`, or a second time, nothing happens. */
  discard(): Promise<void>;
}

/**
 * Writes a file so that a reader sees the old one or the whole new one, never a part: into a temporary file in
 * the same folder, synced, then renamed. When anything fails the temporary file is removed and the old file
 * stands. Errors of the disk come back as problems; what `chunks` throws is thrown on, after cleaning up.
 *
 * It is readable by its owner alone, whatever the umask. Under a name of plazcast's own no link is followed and only an
 * ordinary file is replaced. Under a name that a person gave, links are followed, a file that was there keeps its
 * permissions, and what is no ordinary file (a pipe, `/dev/stdout`) is written to directly.
 */
export async function writeAtomically(
  path: string,
  chunks: AsyncIterable<FilePiece> | Iterable<FilePiece>,
  namedBy: NamedBy,
): Promise<Result<WrittenFile>> {
  const begun = await beginFile(path, namedBy);
  if (!begun.ok) return begun;
  const file = begun.value;
  try {
    for await (const chunk of chunks) await file.write(chunk);
    return ok(await file.keep());
  } catch (error) {
    if (error instanceof UnwritableFile) return failed(...error.problems);
    throw error;
  } finally {
    await file.discard();
  }
}

/** The same, for whoever is handed the text bit by bit. */
export async function beginFile(path: string, namedBy: NamedBy): Promise<Result<FileInTheMaking>> {
  const target = await targetOf(path, namedBy);
  if (!target.ok) return target;
  try {
    return ok(await inTheMaking(path, target.value));
  } catch (error) {
    if (error instanceof UnwritableFile) return failed(...error.problems);
    throw error;
  }
}

async function inTheMaking(path: string, target: FileTarget): Promise<FileInTheMaking> {
  const onDisk = <T>(operation: Promise<T>): Promise<T> =>
    operation.catch((error: unknown) => {
      throw new UnwritableFile([unwritable(errorCode(error), path)]);
    });
  const written = target.replaced ? join(dirname(target.path), temporaryName()) : target.path;
  const handle = await onDisk(open(written, target.replaced ? 'wx' : constants.O_WRONLY, 0o600));
  let bytes = 0;
  let done = false;
  return {
    async write(piece) {
      const data = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
      await onDisk(handle.writeFile(data));
      bytes += data.length;
    },
    async keep() {
      if (target.replaced) await onDisk(synced(handle, target.mode));
      await onDisk(handle.close());
      if (target.replaced) await replaceBy(written, target.path, path);
      done = true;
      if (target.replaced) await syncFolder(dirname(target.path));
      return { path, bytes };
    },
    async discard() {
      if (done) return;
      done = true;
      await handle.close().catch(() => undefined);
      if (target.replaced) await unlink(written).catch(() => undefined);
    },
  };
}

async function replaceBy(written: string, real: string, path: string): Promise<void> {
  try {
    await renameOver(written, real);
  } catch (error) {
    const code = errorCode(error);
    throw new UnwritableFile([unwritable(isHeldOpen(code, real) ? 'EBUSY' : code, path)]);
  }
}

async function synced(handle: FileHandle, mode: number): Promise<void> {
  await handle.chmod(mode);
  await handle.sync();
}

/** Makes the new name durable. Not every system lets a folder be synced: the file itself is safe already. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}
