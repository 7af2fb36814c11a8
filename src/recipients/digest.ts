import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { readProblem, UnusableFile } from './unusable-file.js';

/**
 * The SHA-256 of a file's bytes, as 64 hexadecimal digits: equal digests are equal files, so that an unchanged file
 * need not be imported again. Throws `UnusableFile` when the file cannot be read.
 */
export async function digestRecipients(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  } catch (error) {
    throw new UnusableFile([readProblem(file, error)]);
  }
  return hash.digest('hex');
}
