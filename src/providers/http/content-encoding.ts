import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

type Decoder = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Buffer;

/** Names of encodings: https://www.iana.org/assignments/http-parameters/http-parameters.xhtml#content-coding */
const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['identity', (bytes) => bytes],
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflated],
  ['br', brotliDecompressSync],
  ['zstd', zstdDecompressSync],
]);
/** Nobody encodes an answer more often. */
const MOST_ENCODINGS = 3;

/**
 * A body as it was before the server encoded it, asked for or not: proxies do it unasked. As it came, when it cannot be
 * decoded (an unknown encoding, damaged, cut off, larger than `mostBytes`): a proxy that decodes may leave the header.
 *
 * @param encoding the header `content-encoding`, or null
 */
export function decodedBody(bytes: Buffer, encoding: string | null, mostBytes: number): Buffer {
  if (encoding === null || encoding.trim() === '' || bytes.length === 0) return bytes;
  const applied = encoding.toLowerCase().split(',').reverse();
  if (applied.length > MOST_ENCODINGS) return bytes;
  try {
    return applied.reduce((rest, name) => decoderOf(name)(rest, { maxOutputLength: mostBytes }), bytes);
  } catch {
    return bytes;
  }
}

function decoderOf(name: string): Decoder {
  const decoder = DECODERS.get(name.trim());
  if (decoder === undefined) throw new Error(`unknown content-encoding: ${name}`);
  return decoder;
}

/** Some servers leave out the wrapper that the standard asks for: https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1.2 */
function inflated(bytes: Buffer, options: { readonly maxOutputLength: number }): Buffer {
  const wrapped = ((bytes[0] ?? 0) & 0x0f) === 8;
  return wrapped ? inflateSync(bytes, options) : inflateRawSync(bytes, options);
}
