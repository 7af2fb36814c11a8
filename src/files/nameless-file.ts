import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Room on the disk for what does not fit into memory. The file loses its name as soon as it has one: it is gone when it is
 * closed, however the process ends, and nobody else can open it. Throws what the file system says.
 */
export class NamelessFile {
  readonly #descriptor: number;
  #size = 0;

  /** `name`: one that no file has yet. */
  constructor(name: string) {
    const path = join(tmpdir(), name);
    this.#descriptor = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
  }

  /** Writes behind everything else, and gives the place. */
  append(bytes: Buffer): number {
    const start = this.#size;
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(this.#descriptor, bytes, written, bytes.length - written, start + written);
    }
    this.#size += bytes.length;
    return start;
  }

  /** Reads so many bytes from a place where they were written to the start of `bytes`. */
  read(bytes: Buffer, start: number, length: number): void {
    for (let done = 0; done < length; ) {
      const count = readSync(this.#descriptor, bytes, done, length - done, start + done);
      if (count === 0) throw new Error(`Only ${done} of ${length} bytes are there`);
      done += count;
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
