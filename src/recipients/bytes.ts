import { isAscii, isUtf8 } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';
import type { TextEncoding } from '../core/campaign.js';
import { failed, ok, type Problem, type Result } from '../core/problem.js';
import { fileChunks } from './file-chunks.js';

/** How the bytes of a file are to be read as text. */
export interface TextShape {
  readonly encoding: TextEncoding;
  /** Bytes of the byte order mark, which are no text. */
  readonly skipBytes: number;
  readonly notices: readonly Problem[];
  /** SHA-256 of the file, where all of it was read to find the encoding; else null. */
  readonly digest: string | null;
}

const CHUNK_BYTES = 1 << 18;
/** Share of a file's non-ASCII sequences that must be valid for it to be UTF-8 with some damage in it. */
const NEARLY_ALL = 2 / 3;

/**
 * Finds the encoding of a file by its byte order mark, else by reading all of it once: strict UTF-8, UTF-8 with
 * some broken bytes (said in a notice), else Windows-1252 (said in a notice). A byte order mark is stronger than
 * what was declared. A file that is no text is a problem.
 *
 * @param start its first bytes
 */
export async function shapeOfBytes(
  file: string,
  start: Buffer,
  declared: TextEncoding | null,
): Promise<Result<TextShape>> {
  const foreign = foreignFormat(start, file, declared);
  if (foreign !== null) return failed(foreign);
  if (start.subarray(0, 3).equals(UTF8_MARK)) return shape('utf-8', 3);
  if (start.subarray(0, 2).equals(UTF16LE_MARK)) return shape('utf-16le', 2);
  if (declared !== null) return shape(declared, 0);
  const digest = await digestIfUtf8(file);
  if (digest !== null) return ok({ encoding: 'utf-8', skipBytes: 0, notices: [], digest });
  const hash = createHash('sha256');
  const census = await utf8Census(hashed(fileChunks(file, CHUNK_BYTES), hash));
  const whole = hash.digest('hex');
  if (census.valid / (census.valid + census.broken) >= NEARLY_ALL) {
    const params = { count: census.broken };
    const notice: Problem = { code: 'recipients.broken-utf8', params, at: { file } };
    return ok({ encoding: 'utf-8', skipBytes: 0, notices: [notice], digest: whole });
  }
  const notice: Problem = { code: 'recipients.assumed-windows-1252', at: { file } };
  return ok({ encoding: 'windows-1252', skipBytes: 0, notices: [notice], digest: whole });
}

async function* hashed(chunks: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

function shape(encoding: TextEncoding, skipBytes: number): Result<TextShape> {
  return ok({ encoding, skipBytes, notices: [], digest: null });
}

/** Byte order marks. */
export const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
export const UTF16LE_MARK = Buffer.from([0xff, 0xfe]);
const UTF16BE_MARK = Buffer.from([0xfe, 0xff]);
const CONTROLS_ALLOWED = 0.01;

/** What the first bytes say that is not a table in text, or null. */
function foreignFormat(start: Buffer, file: string, declared: TextEncoding | null): Problem | null {
  const at = { file };
  if (start.subarray(0, 2).equals(UTF16BE_MARK)) return { code: 'recipients.utf-16be', at };
  if (start.subarray(0, 2).equals(UTF16LE_MARK) || declared === 'utf-16le') return null;
  const controls = start.reduce((sum, byte) => (isControl(byte) ? sum + 1 : sum), 0);
  if (controls <= Math.max(1, start.length * CONTROLS_ALLOWED) && !start.includes('%PDF-')) return null;
  return { code: 'recipients.no-text', at };
}

/** Control characters that no text has; tab, line ends, form feed and the end mark of DOS are in texts. */
function isControl(byte: number): boolean {
  return byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1a;
}

/** SHA-256 of a file that is strict UTF-8 from beginning to end; null: it is not. */
async function digestIfUtf8(file: string): Promise<string | null> {
  const hash = createHash('sha256');
  let carried: Buffer = Buffer.alloc(0);
  for await (const chunk of fileChunks(file, CHUNK_BYTES)) {
    hash.update(chunk);
    const bytes = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    const whole = bytes.length - unfinishedBytes(bytes);
    const part = bytes.subarray(0, whole);
    if (!isAscii(part) && !isUtf8(part)) return null;
    carried = Buffer.from(bytes.subarray(whole));
  }
  return carried.length === 0 ? hash.digest('hex') : null;
}

/** Bytes at the end that begin a sequence which the next chunk may complete: 0 to 3. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** How many of a file's non-ASCII sequences are well-formed UTF-8, and how many bytes or sequences are not. */
export interface Utf8Census {
  readonly valid: number;
  readonly broken: number;
}

/** Counts the non-ASCII sequences of a stream of bytes. A sequence cut by a chunk's border is one sequence. */
async function utf8Census(chunks: AsyncIterable<Buffer>): Promise<Utf8Census> {
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
