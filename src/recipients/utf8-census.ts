/** How many of a file's non-ASCII sequences are well-formed UTF-8, and how many bytes or sequences are not. */
export interface Utf8Census {
  readonly valid: number;
  readonly broken: number;
}

/** Counts the non-ASCII sequences of a stream of bytes. A sequence cut by a chunk's border is one sequence. */
export async function utf8Census(chunks: AsyncIterable<Buffer>): Promise<Utf8Census> {
  let valid = 0;
  let broken = 0;
  /** Continuation bytes that the sequence under way still needs. */
  let owed = 0;
  for await (const chunk of chunks) {
    for (const byte of chunk) {
      const continues = byte >= 0x80 && byte < 0xc0;
      if (owed > 0 && continues) {
        owed -= 1;
        if (owed === 0) valid += 1;
        continue;
      }
      if (owed > 0) broken += 1;
      owed = continues ? 0 : continuationsAfter(byte);
      if (continues || (byte >= 0x80 && owed === 0)) broken += 1;
    }
  }
  return { valid, broken: owed > 0 ? broken + 1 : broken };
}

/** Continuation bytes that follow this first byte; 0 for ASCII and for bytes that begin nothing. */
function continuationsAfter(byte: number): number {
  if (byte < 0xc2 || byte > 0xf4) return 0;
  if (byte < 0xe0) return 1;
  return byte < 0xf0 ? 2 : 3;
}
