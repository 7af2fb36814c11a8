import { createHash } from 'node:crypto';
import { readProblem, UnusableFile } from '../core/unusable-file.js';
import { fileChunks } from './file-chunks.js';

const CHUNK_BYTES = 1 << 18;

/**
 * The SHA-256 of a file's bytes, as 64 hexadecimal digits: equal digests are equal files, so that an unchanged file
 * need not be imported again. Throws `UnusableFile` when the file cannot be read.
 */
export async function digestRecipients(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of fileChunks(path, CHUNK_BYTES)) hash.update(chunk);
  } catch (error) {
    throw new UnusableFile([readProblem(path, error)]);
  }
  return hash.digest('hex');
}
