import type { FileHandle } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { BOUNDS } from '../../core/bounds.js';
import { systemCode } from '../../core/problem.js';
import { WorkbookError } from './workbook-error.js';

const PIECE_BYTES = 1 << 16;
/** Small pieces cost more than their bytes. */
const UNPACKED_BYTES = 1 << 17;
/** Text comes in smaller pieces, so that what a listener makes of one stays small: ten bytes can be a row of 16,384 cells. */
const TEXT_BYTES = 1 << 14;
/** Small parts may be as repetitive as they like. */
const RATIO_COUNTS_FROM_BYTES = 4_000_000;
const STORED = 0;
const DEFLATED = 8;

/**
 * The parts of a workbook, which is a zip archive. yauzl reads the list of them; the bytes are unpacked here, so that they
 * are counted while they come, checked against their checksum, and read through a `FileHandle`, which waits for what is
 * under way before it closes. Everything here throws `WorkbookError`, or what the file system says.
 */
export class PackageParts {
  readonly #handle: FileHandle;
  readonly #zip: ZipFile;
  readonly #reader: HandleReader;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(handle: FileHandle, reader: HandleReader, zip: ZipFile, entries: Map<string, Entry>) {
    this.#handle = handle;
    this.#reader = reader;
    this.#zip = zip;
    this.#entries = entries;
  }

  /** Reads the list of the parts. The handle stays the caller's. */
  static async of(handle: FileHandle): Promise<PackageParts> {
    const reader = new HandleReader(handle);
    const { size } = await handle.stat();
    const zip = await reader.watched(fromRandomAccessReaderPromise(reader, size, { autoClose: false }));
    if (zip.entryCount > BOUNDS.workbookParts.value) throw new WorkbookError('workbookParts');
    return new PackageParts(handle, reader, zip, await reader.watched(entriesOf(zip)));
  }

  has(part: string): boolean {
    return this.#entries.has(keyOf(part));
  }

  /** The text of a part in pieces of some 16 kB; `most` bytes of it at most. */
  async *text(part: string, most: 'workbookPart' | 'workbookSheet'): AsyncGenerator<string> {
    const decoder = new StringDecoder('utf8');
    for await (const chunk of this.bytes(part, most)) {
      for (let start = 0; start < chunk.length; start += TEXT_BYTES) {
        const text = decoder.write(chunk.subarray(start, start + TEXT_BYTES));
        if (text !== '') yield text;
      }
    }
    const last = decoder.end();
    if (last !== '') yield last;
  }

  /** The same as bytes. */
  async *bytes(part: string, most: 'workbookPart' | 'workbookSheet'): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(keyOf(part));
    try {
      if (entry === undefined) throw new WorkbookError('damaged', 'no such part');
      const { compressionMethod } = entry;
      if (entry.isEncrypted()) throw new WorkbookError('protected');
      if (compressionMethod !== STORED && compressionMethod !== DEFLATED) throw new WorkbookError('damaged');
      yield* checked(entry, most, this.#unpacked(entry));
    } catch (error) {
      const told = zlibError(error);
      if (told instanceof WorkbookError) told.part = part;
      throw told;
    }
  }

  async *#unpacked(entry: Entry): AsyncGenerator<Buffer> {
    const { fileDataStart } = await this.#reader.watched(
      this.#zip.readLocalFileHeaderPromise(entry, { minimal: true }),
    );
    const packed = pieces(this.#handle, fileDataStart, fileDataStart + entry.compressedSize);
    if (entry.compressionMethod === STORED) {
      yield* packed;
      return;
    }
    const inflated = createInflateRaw({ chunkSize: UNPACKED_BYTES });
    // What goes wrong is thrown by the iteration of the last stream.
    pipeline(Readable.from(packed, { objectMode: false, highWaterMark: 1 }), inflated, () => {});
    yield* inflated as AsyncIterable<Buffer>;
  }
}

/** Names of parts are compared without regard to case (ECMA-376 part 2, 6.2.2.3). */
function keyOf(part: string): string {
  return part.toLowerCase();
}

/** Two parts of one name are refused: another program might read the other. */
async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    const key = keyOf(entry.fileName);
    if (entries.has(key)) throw new WorkbookError('damaged', 'two parts of one name');
    entries.set(key, entry);
  }
  return entries;
}

async function* pieces(handle: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let position = start; position < end; ) {
    const memory = Buffer.allocUnsafeSlow(Math.min(PIECE_BYTES, end - position));
    const { bytesRead } = await handle.read(memory, 0, memory.length, position);
    if (bytesRead === 0) throw new WorkbookError('damaged', 'cut off');
    position += bytesRead;
    yield memory.subarray(0, bytesRead);
  }
}

/** Passes bytes on while they stay within bounds, and throws at the end when they are not those that were packed. */
async function* checked(
  entry: Entry,
  most: 'workbookPart' | 'workbookSheet',
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  let sum = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > BOUNDS[most].value) throw new WorkbookError(most);
    if (bytes > RATIO_COUNTS_FROM_BYTES && bytes > entry.compressedSize * BOUNDS.workbookRatio.value)
      throw new WorkbookError('workbookRatio');
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (sum !== entry.crc32 || bytes !== entry.uncompressedSize) throw new WorkbookError('damaged', 'checksum');
}

function zlibError(error: unknown): unknown {
  const isZlib = error instanceof Error && /^Z_/u.test(systemCode(error) ?? '');
  return isZlib ? new WorkbookError('damaged', error.message) : error;
}

/** Lets yauzl read through a `FileHandle`. */
class HandleReader extends RandomAccessReader {
  readonly #handle: FileHandle;
  #fail: (error: unknown) => void = () => {};
  readonly #failed: Promise<never>;

  constructor(handle: FileHandle) {
    super();
    this.#handle = handle;
    this.#failed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.#failed.catch(() => {});
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#handle
      .read(buffer, offset, length, position)
      .then(
        ({ bytesRead }) =>
          bytesRead < length ? callback(new WorkbookError('damaged', 'cut off')) : callback(null, bytesRead),
        (error) => callback(error),
      )
      // yauzl throws where numbers lead out of its buffers.
      .catch(this.#fail);
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }

  /** What yauzl is asked for. Its own complaints have no code and mean a damaged archive. */
  async watched<T>(asked: Promise<T>): Promise<T> {
    try {
      return await Promise.race([asked, this.#failed]);
    } catch (error) {
      const isSystem = error instanceof Error && 'syscall' in error;
      if (isSystem || error instanceof WorkbookError) throw error;
      throw new WorkbookError('damaged', String(error));
    }
  }
}
