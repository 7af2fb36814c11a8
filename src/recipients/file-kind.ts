import type { Problem } from '../core/problem.js';
import { fileChunks } from './file-chunks.js';

const START_BYTES = 4096;

/** The first bytes of a file. */
export async function startOf(file: string): Promise<Buffer> {
  for await (const chunk of fileChunks(file, START_BYTES)) return chunk;
  return Buffer.alloc(0);
}

/** A ZIP archive, as every `.xlsx` is. */
export function isZip(start: Buffer): boolean {
  return start.toString('latin1', 0, 4) === 'PK\u0003\u0004';
}

/** A compound file ([MS-CFB] 2.2): an `.xls`, or what a password turns an `.xlsx` into. */
export function isOldWorkbook(start: Buffer): boolean {
  return start.toString('hex', 0, 8) === 'd0cf11e0a1b11ae1';
}

/** The name under which a password-protected workbook lies in a compound file ([MS-OFFCRYPTO] 2.3.4). */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');
const PIECE_BYTES = 1 << 18;

/** Why a compound file is not read. */
export async function oldWorkbookProblem(file: string): Promise<Problem> {
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of fileChunks(file, PIECE_BYTES)) {
    if (
      chunk.includes(ENCRYPTED) ||
      Buffer.concat([tail, chunk.subarray(0, ENCRYPTED.length)]).includes(ENCRYPTED)
    )
      return { code: 'recipients.password', at: { file } };
    tail = Buffer.from(chunk.subarray(-ENCRYPTED.length));
  }
  return { code: 'recipients.xls', at: { file } };
}
