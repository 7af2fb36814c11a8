import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { RowFeed } from './row-feed.js';
import type { Sheet } from './sheet.js';
import { sheetPart } from './sheet-part.js';
import { sheetPartName, type WrittenSheet, workbookParts } from './workbook-parts.js';

/** What Excel holds in a sheet: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3. */
const MOST_ROWS = 1_048_576;

/** Equal workbooks are equal bytes: no part tells when it was written. */
const PART = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true } as const;

/**
 * A workbook (.xlsx) in pieces, with flat memory: a sheet that is full goes on in another one. Throws what the rows of a
 * sheet throw.
 *
 * @param mostRows rows of a sheet with its header: what Excel holds, or fewer
 */
export async function* workbookBytes(sheets: readonly Sheet[], mostRows = MOST_ROWS): AsyncGenerator<Buffer> {
  const archive = new Archive();
  const filling = fill(archive, sheets, mostRows).catch((error: Error) => archive.fail(error));
  try {
    yield* archive.bytes;
  } finally {
    archive.abandon();
    await filling;
  }
}

async function fill(archive: Archive, sheets: readonly Sheet[], mostRows: number): Promise<void> {
  const written: WrittenSheet[] = [];
  for (const { name, header, rows } of sheets) {
    const feed = new RowFeed(rows);
    try {
      for (let count = 1; count === 1 || (await feed.hasMore()); count += 1) {
        const before = feed.count;
        await archive.add(sheetPartName(written.length), sheetPart(header, feed, mostRows));
        const filtered = header === null ? null : { columns: header.length, lines: 1 + feed.count - before };
        written.push({ name: count === 1 ? name : `${name} ${count}`, filtered });
      }
    } finally {
      await feed.close();
    }
  }
  // Last, as only now it is known how many sheets there are.
  for (const [name, text] of workbookParts(written)) await archive.add(name, [Buffer.from(text)]);
  archive.end();
}

/** A ZIP archive that is read while it is filled, one part after the other. */
class Archive {
  readonly #zip = new ZipFile();
  #part: Readable | null = null;
  #isAbandoned = false;

  constructor() {
    // What a part throws, `add` throws, too.
    this.#zip.on('error', () => undefined);
  }

  get bytes(): AsyncIterable<Buffer> {
    return this.#zip.outputStream as Readable;
  }

  /** Resolves when the part was read to its end. Throws when nobody reads any more. */
  async add(name: string, pieces: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    if (this.#isAbandoned) throw new Error('nobody reads the archive');
    this.#part = Readable.from(pieces, { objectMode: false });
    this.#zip.addReadStream(this.#part, name, PART);
    await finished(this.#part);
  }

  end(): void {
    this.#zip.end();
  }

  /** Whoever reads gets the error. */
  fail(error: Error): void {
    (this.#zip.outputStream as Readable).destroy(error);
  }

  /** Nobody reads any more. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#part?.destroy();
  }
}
