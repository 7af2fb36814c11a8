import type { Hash } from 'node:crypto';
import { StringDecoder } from 'node:string_decoder';
import { toUSVString } from 'node:util';
import type { TextEncoding } from '../core/campaign.js';
import { fileChunks } from './file-chunks.js';

/** Large enough that the work per chunk does not count, small enough that a chunk does not hold up the event loop. */
const CHUNK_BYTES = 1 << 16;

/**
 * A file's text in chunks, without its byte order mark. Broken sequences become U+FFFD. `end` bounds the bytes read;
 * `hash` takes them in.
 */
export async function* textOf(
  file: string,
  encoding: TextEncoding,
  skipBytes: number,
  end = Number.POSITIVE_INFINITY,
  hash: Hash | null = null,
): AsyncGenerator<string> {
  const decode = decoderOf(encoding);
  for await (const chunk of fileChunks(file, CHUNK_BYTES, { start: skipBytes, end })) {
    hash?.update(chunk);
    const text = decode.write(chunk);
    if (text !== '') yield text;
  }
  const last = decode.end();
  if (last !== '') yield last;
}

interface Decoder {
  write(chunk: Buffer): string;
  end(): string;
}

function decoderOf(encoding: TextEncoding): Decoder {
  if (encoding !== 'windows-1252') return new StringDecoder(encoding === 'utf-8' ? 'utf8' : 'utf16le');
  return { write: windows1252, end: () => '' };
}

/** Bytes 0x80 to 0x9F of Windows-1252 (https://encoding.spec.whatwg.org/index-windows-1252.txt); the rest is Latin-1. */
const WINDOWS_1252_UPPER = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Own and not `TextDecoder`: several versions of Node read windows-1252 as Latin-1. */
function windows1252(chunk: Buffer): string {
  return chunk
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (character) => WINDOWS_1252_UPPER.charAt(character.charCodeAt(0) - 0x80));
}

/**
 * Signs that a text was damaged before it came here: U+FFFD, control characters that no person types, and UTF-8
 * that was once read as Windows-1252 (`Ã±` for ñ). Where the second character of such a pair is a quotation mark
 * or dash, a letter must follow: `“AMANHÔ` is good Portuguese.
 */
const DAMAGE = new RegExp(
  [
    '[\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u009f\\ufffd]',
    '[ÂÃ][\\u0080-\\u00bfƒˆ˜€™š›œžŸ†‡‰Š‹ŒŽ‚„…•]',
    '(?:Ã[‘’“”–—])\\p{L}',
  ].join('|'),
  'u',
);

/** Whether a text shows signs of damage; half a surrogate pair is one, too. */
export function isDamaged(text: string): boolean {
  return DAMAGE.test(text) || toUSVString(text) !== text;
}
