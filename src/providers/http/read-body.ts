import type { Readable } from 'node:stream';
import type { Body } from './answer.js';
import { decodedBody } from './content-encoding.js';

/** A page of a conversation list is some kilobytes; this bounds the memory that a wrong server can take. */
const LARGEST_BODY_BYTES = 32 * 1024 * 1024;

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
    if (bytes > LARGEST_BODY_BYTES) return { kind: 'too-large' };
    chunks.push(chunk);
  }
  return bodyOf(decodedBody(Buffer.concat(chunks), encoding, LARGEST_BODY_BYTES));
}

function bodyOf(bytes: Buffer): Body {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'text', text: bytes.toString('utf8') };
  }
}
