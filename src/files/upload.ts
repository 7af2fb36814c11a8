import { createHash, randomBytes } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, link, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failed, ok, type Result } from '../core/problem.js';
import type { Upload, UploadBounds } from '../core/upload.js';
import { beginFile, writeAtomically } from './atomic-file.js';
import { makeFolders } from './make-folders.js';
import { errorCode, UnwritableFile } from './unwritable-file.js';

/** Left free on the disk, whatever comes in: a run needs room for what it writes. */
const KEPT_FREE_BYTES = 100_000_000;
const NAME = /^upload-[0-9a-f]{24}$/u;
const MEGABYTE = 1_000_000;

/**
 * Takes in a file from outside, bit by bit, under a name of our own: readable by its owner alone, complete or not there. What
 * is larger than allowed, or would fill up the disk, is refused, if possible before the first byte is written.
 */
export async function receiveUpload(
  folder: string,
  bytes: AsyncIterable<Uint8Array>,
  { most, announced }: UploadBounds,
): Promise<Result<Upload>> {
  const tooLarge = failed({ code: 'upload.too-large', params: { megabytes: Math.floor(most / MEGABYTE) } });
  if (announced !== null && announced > most) return tooLarge;
  makeFolders(folder);
  if ((await freeBytes(folder)) < (announced ?? 0) + KEPT_FREE_BYTES)
    return failed({ code: 'upload.disk-full' });
  const id = `upload-${randomBytes(12).toString('hex')}`;
  const begun = await beginFile(join(folder, id), 'plazcast');
  if (!begun.ok) return begun;
  const file = begun.value;
  try {
    let received = 0;
    for await (const piece of bytes) {
      received += piece.length;
      if (received > most) return tooLarge;
      await file.write(piece);
    }
    if (received === 0) return failed({ code: 'upload.empty' });
    await file.keep();
    return ok({ id, file: join(folder, id), bytes: received });
  } catch (error) {
    if (error instanceof UnwritableFile) return failed(...error.problems);
    return failed({ code: 'upload.broken' });
  } finally {
    await file.discard();
  }
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** The upload of this id; what is no id of ours names no file. */
export async function findUpload(folder: string, id: string): Promise<Result<Upload>> {
  const found = NAME.test(id) ? await stat(join(folder, id)).catch(() => null) : null;
  if (found?.isFile() !== true) return failed({ code: 'upload.gone' });
  return ok({ id, file: join(folder, id), bytes: found.size });
}

/** Gives an upload a second name, and makes its folder; never over a file that exists. */
export async function placeUpload({ file }: Upload, target: string): Promise<Result<null>> {
  try {
    makeFolders(dirname(target));
    await link(file, target).catch(async (error: unknown) => {
      if (errorCode(error) === 'EEXIST') throw error;
      // Some file systems have no second names.
      await copyFile(file, target, constants.COPYFILE_EXCL);
    });
    return ok(null);
  } catch (error) {
    return failed({ code: 'upload.not-placed', params: { path: target, detail: errorCode(error) } });
  }
}

/** Copies an upload into the place of a file of ours: that one or the whole upload is there, at every moment. */
export async function putUpload({ file }: Upload, target: string): Promise<Result<null>> {
  // Opened here: a stream that finds no file, such as after a second press, fails before anybody listens to it.
  const upload = await open(file).catch(() => null);
  if (upload === null) return failed({ code: 'upload.gone' });
  try {
    const written = await writeAtomically(target, upload.createReadStream({ autoClose: false }), 'plazcast');
    return written.ok ? ok(null) : written;
  } finally {
    await upload.close();
  }
}

/** Whether a file has the bytes of an upload; one that cannot be read has not. */
export async function isSameFile(upload: Upload, file: string): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  if (found?.isFile() !== true || found.size !== upload.bytes) return false;
  const [own, other] = await Promise.all([upload.file, file].map(digestOf)).catch(() => ['', null]);
  return own === other;
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece);
  return hash.digest('hex');
}

/** Takes a file away that `receiveUpload` or `placeUpload` made; that there is none is no error. */
export async function removeUpload(file: string): Promise<void> {
  await rm(file, { force: true });
}

/** Takes away what nobody made anything of since `before` (epoch milliseconds). Returns how many. */
export async function sweepUploads(folder: string, before: number): Promise<number> {
  const names = await readdir(folder).catch((): string[] => []);
  let swept = 0;
  for (const name of names) {
    // Also what a process that died left half-written.
    if (!NAME.test(name) && !/^\.plazcast-[0-9a-f]{12}\.tmp$/u.test(name)) continue;
    const found = await stat(join(folder, name)).catch(() => null);
    if (found === null || found.mtimeMs >= before) continue;
    await removeUpload(join(folder, name));
    swept += 1;
  }
  return swept;
}
