import type { Readable } from 'node:stream';
import { readJson } from '../../core/bounded-json.js';
import { BOUNDS } from '../../core/bounds.js';
import type { Body } from './answer.js';
import { decodedBody } from './content-encoding.js';

/**
 * Reads a body in full, within bounds. A JSON text is told by reading it, not by its content type. Rejects when
 * the connection breaks before the end.
 *
 * @param encoding the header `content-encoding`, or null
 */
export async function readBody(stream: Readable, encoding: string | null): Promise<Body> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BOUNDS.listPage.value) return { kind: 'too-large' };
    chunks.push(chunk);
  }
  return bodyOf(decodedBody(Buffer.concat(chunks), encoding, BOUNDS.listPage.value));
}

function bodyOf(bytes: Buffer): Body {
  const text = utf8(bytes);
  if (text === null) return { kind: 'text', text: bytes.toString('utf8') };
  const read = readJson(text);
  if (read.kind === 'value') return { kind: 'json', value: read.value };
  return read.kind === 'too-deep' ? read : { kind: 'text', text };
}

/** Null: the bytes are no UTF-8. */
function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
