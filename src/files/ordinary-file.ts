import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Bound } from '../core/bounds.js';
import type { Problem } from '../core/problem.js';

/** Thrown by the functions of this file, beside what the file system says. Carries a code as its errors do. */
export class UnfitFile extends Error {
  /** A folder; a device, a pipe or a socket; larger than allowed. */
  readonly code: 'EISDIR' | 'EFTYPE' | 'EFBIG';
  readonly path: string;

  constructor(code: UnfitFile['code'], path: string) {
    super(`${code}: ${path}`);
    this.name = 'UnfitFile';
    this.code = code;
    this.path = path;
  }
}

/** A pipe without a writer would keep an `open` for ever, a terminal would become this process's own. */
const READING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/**
 * Opens an ordinary file for reading, and nothing else: `/dev/zero` has no end, a pipe may never begin, and opening
 * some devices does something. Looked at before it is opened and, since names change hands, after.
 */
export async function openOrdinary(path: string): Promise<FileHandle> {
  ordinary(await stat(path), path);
  const handle = await open(path, READING);
  try {
    ordinary(await handle.stat(), path);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** How many bytes an ordinary file has. */
export async function ordinarySize(path: string): Promise<number> {
  return ordinary(await stat(path), path).size;
}

/** All of an ordinary file, which may have so many bytes. */
export async function readOrdinary(path: string, most: Bound): Promise<Buffer> {
  if ((await ordinarySize(path)) > most.value) throw new UnfitFile('EFBIG', path);
  const handle = await openOrdinary(path);
  try {
    const memory = roomFor(most);
    for (let length = 0; ; ) {
      const { bytesRead } = await handle.read(memory, length, memory.length - length);
      if (bytesRead === 0) return memory.subarray(0, length);
      length += bytesRead;
      if (length > most.value) throw new UnfitFile('EFBIG', path);
    }
  } finally {
    await handle.close();
  }
}

/** The same, for what is needed before anything else. */
export function readOrdinarySync(path: string, most: Bound): Buffer {
  if (ordinary(statSync(path), path).size > most.value) throw new UnfitFile('EFBIG', path);
  const descriptor = openSync(path, READING);
  try {
    ordinary(fstatSync(descriptor), path);
    const memory = roomFor(most);
    for (let length = 0; ; ) {
      const bytesRead = readSync(descriptor, memory, length, memory.length - length, null);
      if (bytesRead === 0) return memory.subarray(0, length);
      length += bytesRead;
      if (length > most.value) throw new UnfitFile('EFBIG', path);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** One byte more than allowed tells that a file is larger: what it says of its size may be wrong, or old. */
function roomFor(most: Bound): Buffer {
  return Buffer.allocUnsafe(most.value + 1);
}

function ordinary(stats: Stats, path: string): Stats {
  if (stats.isFile()) return stats;
  throw new UnfitFile(stats.isDirectory() ? 'EISDIR' : 'EFTYPE', path);
}

/** What an `UnfitFile` means to a person, `most` being what it was allowed; null: it is another error. */
export function unfitProblem(error: unknown, most: Bound): Problem | null {
  if (!(error instanceof UnfitFile)) return null;
  const at = { file: error.path };
  switch (error.code) {
    case 'EISDIR':
      return { code: 'file.folder', at };
    case 'EFTYPE':
      return { code: 'file.not-ordinary', at };
    case 'EFBIG':
      return { code: 'file.too-large', params: { kilobytes: most.value / 1000 }, at };
  }
}
