import { BOUNDS } from '../../core/bounds.js';
import type { RawRow, RowBatch } from '../raw-row.js';
import { isDamaged } from '../text.js';
import type { CellReader } from './cell-value.js';
import type { PackageParts } from './package-parts.js';
import { PatternFeed } from './pattern-feed.js';
import type { SharedStrings } from './shared-strings.js';
import { SheetListener, type SheetRow } from './sheet-listener.js';
import { WorkbookError } from './workbook-error.js';

/** A batch goes on when it has so many cells: rows come in small pieces, whoever takes them wants larger ones. */
const BATCH_CELLS = 1_000;

/** The rows of a sheet that are neither blank nor hidden, in batches. Throws `WorkbookError`. */
export async function* sheetRows(
  parts: PackageParts,
  part: string,
  strings: SharedStrings,
  reader: CellReader,
): AsyncGenerator<RowBatch> {
  const listener = new SheetListener(reader);
  for await (const _ of pieces(parts, part, listener)) {
    if (listener.cellCount >= BATCH_CELLS) yield* batchOf(listener, strings);
  }
  yield* batchOf(listener, strings);
}

/**
 * How many rows of a sheet are hidden and not blank. Reads the sheet to its end, so that one that is damaged is known
 * before its first row is; it is only looked into where the word occurs.
 */
export async function countHiddenRows(
  parts: PackageParts,
  part: string,
  reader: CellReader,
): Promise<number> {
  if (!(await hasWord(parts.bytes(part, 'workbookSheet'), HIDDEN))) return 0;
  const listener = new SheetListener(reader);
  for await (const _ of pieces(parts, part, listener)) listener.take();
  return listener.hiddenRows;
}

const HIDDEN = Buffer.from('hidden');

async function hasWord(chunks: AsyncIterable<Buffer>, word: Buffer): Promise<boolean> {
  let found = false;
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    found ||= chunk.includes(word) || Buffer.concat([tail, chunk.subarray(0, word.length)]).includes(word);
    tail = chunk.subarray(-word.length);
  }
  return found;
}

/** Reads a sheet to its end; after each piece the listener has what stood in it. */
async function* pieces(parts: PackageParts, part: string, listener: SheetListener): AsyncGenerator<void> {
  const feed = new PatternFeed(listener, listener.plainCells());
  try {
    for await (const chunk of parts.text(part, 'workbookSheet')) {
      feed.write(chunk);
      yield;
    }
    feed.end();
  } catch (error) {
    if (error instanceof WorkbookError) error.part = part;
    throw error;
  }
}

async function* batchOf(listener: SheetListener, strings: SharedStrings): AsyncGenerator<RowBatch> {
  const { rows, highestString } = listener.take();
  if (highestString >= 0) await strings.upTo(highestString);
  const whole = rows.map((row) => withStrings(row, strings)).filter(isFilled);
  const suspicious = isDamaged(whole.map(({ cells }) => cells.join('\n')).join('\n'));
  if (whole.length > 0) yield { rows: whole, suspicious };
}

function withStrings({ line, cells, fault, meanings }: SheetRow, strings: SharedStrings): RawRow {
  let room = BOUNDS.tableRow.value;
  let isOversized = false;
  const texts = cells.map((cell) => {
    const text = typeof cell === 'number' ? strings.at(cell) : cell;
    room -= text.length;
    if (room >= 0 || text.trim() === '') return room >= 0 ? text : '';
    isOversized = true;
    return '';
  });
  return {
    line,
    cells: texts,
    flaw: isOversized ? 'oversized' : null,
    fault,
    ...(meanings === undefined ? {} : { meanings }),
  };
}

function isFilled({ cells, flaw, fault }: RawRow): boolean {
  return flaw !== null || fault != null || cells.some((cell) => cell.trim() !== '');
}
