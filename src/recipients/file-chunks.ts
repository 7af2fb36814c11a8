import { openOrdinary } from '../files/ordinary-file.js';

/** Which part of a file to read; both ends left out: all of it. */
export interface Part {
  /** First byte. */
  readonly start?: number;
  /** Last byte. */
  readonly end?: number;
}

/**
 * A file's bytes in pieces of up to `pieceBytes`. Each piece is good until the next one is asked for: all of them
 * lie in the same memory, because a stream's pieces pile up to some 30 MB before they are collected. Throws what
 * the file system says, and `UnfitFile` for what is no ordinary file.
 */
export async function* fileChunks(path: string, pieceBytes: number, part: Part = {}): AsyncGenerator<Buffer> {
  const { start = 0, end = Number.POSITIVE_INFINITY } = part;
  const file = await openOrdinary(path);
  try {
    const memory = Buffer.allocUnsafe(pieceBytes);
    for (let position = start; position <= end; ) {
      const wanted = Math.min(pieceBytes, end - position + 1);
      const { bytesRead } = await file.read(memory, 0, wanted, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield memory.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
