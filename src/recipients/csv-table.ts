import type { Hash } from 'node:crypto';
import type { TextEncoding } from '../core/campaign.js';
import { failed, ok, type Result } from '../core/problem.js';
import { readProblem, UnusableFile } from '../core/unusable-file.js';
import { ordinarySize } from '../files/ordinary-file.js';
import { shapeOfBytes, type TextShape, UTF8_MARK, UTF16LE_MARK } from './bytes.js';
import { CsvReader } from './csv-reader.js';
import { type Dialect, dialectOf } from './dialect.js';
import type { RawRow, RowBatch } from './raw-row.js';
import type { RowSource, TableOptions } from './table.js';
import { isDamaged, textOf } from './text.js';

/** Enough of the file to find its dialect and its header in. */
const SAMPLE_BYTES = 1 << 18;

/**
 * Opens a text as a table: finds its encoding and its delimiter. Throws what the file system says.
 *
 * @param start the first bytes of the file
 */
export async function openCsv(
  file: string,
  start: Buffer,
  options: TableOptions,
): Promise<Result<RowSource>> {
  if (options.sheet != null) return failed({ code: 'recipients.sheet-of-text', at: { file } });
  const size = await ordinarySize(file);
  const shape = await shapeOfBytes(file, start, options.encoding);
  if (!shape.ok) return shape;
  const { skipBytes, encoding, notices, digest } = shape.value;
  const sample = await allText(textOf(file, encoding, skipBytes, skipBytes + SAMPLE_BYTES - 1));
  const dialect = dialectOf(sample, options.delimiter, size <= skipBytes + SAMPLE_BYTES);
  return ok({
    format: { format: 'csv', delimiter: dialect.delimiter, encoding },
    notices,
    digest,
    batches: (hash) => filledRows({ file, shape: shape.value, dialect, hash }),
  });
}

async function allText(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

/** One reading of a file. */
interface Reading {
  readonly file: string;
  readonly shape: TextShape;
  readonly dialect: Dialect;
  readonly hash: Hash | null;
}

/** Rows with at least one filled cell, in batches that are not empty, without the `sep=` line. */
async function* filledRows(reading: Reading): AsyncGenerator<RowBatch> {
  const { separatorLine } = reading.dialect;
  let isAbove = separatorLine;
  for await (const { rows, suspicious } of cutRows(reading)) {
    const below = (isAbove ? rows.slice(1) : rows).filter((row) => !isBlank(row));
    isAbove = false;
    // To a spreadsheet that line is none of its rows.
    const filled = separatorLine ? below.map((row) => ({ ...row, row: (row.row ?? row.line) - 1 })) : below;
    if (filled.length > 0) yield { rows: filled, suspicious };
  }
}

/** Padding in another delimiter than the file's, such as `;;;;` below a single column. */
const PADDING = /^[\s,;|]*$/;

/** A lone end mark of DOS at the end of the file is blank, too. */
function isBlank({ flaw, cells }: RawRow): boolean {
  if (flaw !== null) return false;
  if (cells.length === 1 && PADDING.test(cells[0] ?? '')) return true;
  return cells.every((cell) => cell === '' || cell === '\u001a' || cell.trim() === '');
}

/** Byte order marks, which are no text and belong to the file. */
const MARKS: Readonly<Record<TextEncoding, Buffer>> = {
  'utf-8': UTF8_MARK,
  'utf-16le': UTF16LE_MARK,
  'windows-1252': Buffer.alloc(0),
};

async function* cutRows({ file, shape, dialect, hash }: Reading): AsyncGenerator<RowBatch> {
  const { encoding, skipBytes } = shape;
  const cutter = new CsvReader(dialect.delimiter);
  hash?.update(MARKS[encoding].subarray(0, skipBytes));
  let before = '';
  let suspicious = false;
  try {
    for await (const text of textOf(file, encoding, skipBytes, Number.POSITIVE_INFINITY, hash)) {
      const here = isDamaged(before + text);
      before = text.slice(-2);
      const rows = cutter.push(text);
      if (rows.length > 0) yield { rows, suspicious: suspicious || here };
      suspicious = rows.length > 0 ? here : suspicious || here;
      if (cutter.unclosedQuoteAt !== null) break;
    }
  } catch (error) {
    throw new UnusableFile([readProblem(file, error)]);
  }
  const last = cutter.end();
  if (last.length > 0) yield { rows: last, suspicious };
  const line = cutter.unclosedQuoteAt;
  if (line !== null)
    throw new UnusableFile([{ code: 'recipients.unclosed-quote', params: { line }, at: { file, line } }]);
}
