import type { Hash } from 'node:crypto';
import type { TextEncoding } from '../core/campaign.js';
import { withoutSafetyMark } from '../core/formula-safety.js';
import { failed, ok, type Problem, type Result } from '../core/problem.js';
import { readProblem, UnusableFile } from '../core/unusable-file.js';
import { ordinarySize } from '../files/ordinary-file.js';
import { shapeOfBytes, type TextShape, UTF8_MARK, UTF16LE_MARK } from './bytes.js';
import { columnsOf, ownColumnsOf, type TableColumns } from './columns.js';
import { CsvReader, type RawRow } from './csv-reader.js';
import { type Dialect, dialectOf } from './dialect.js';
import { isDamaged, textOf } from './text.js';
import { type ToldColumns, toldColumns } from './told-columns.js';

/** A row of a table: as many cells as the table has columns, or `misfit` says why not. */
export interface TableRow {
  readonly line: number;
  /** One for each column, cut or filled up where the row does not fit. */
  readonly cells: readonly string[];
  /** The cells that the row has too many, without blank ones at the end. */
  readonly surplus: readonly string[];
  /** What does not fit, for a person: `4/3` is four cells for three columns. null: the row fits. */
  readonly misfit: string | null;
  /** Some cell shows signs of a wrong encoding. */
  readonly damaged: boolean;
}

/** A table in a file, as far as its start tells. */
export interface Table {
  readonly columns: readonly string[];
  readonly headerLine: number;
  readonly delimiter: string;
  readonly encoding: TextEncoding;
  readonly notices: readonly Problem[];
  /** What a message may say of the columns. */
  told(): ToldColumns;
  /**
   * The rows below the header in order, without blank ones, in batches as they come from the disk. Every call reads
   * the file anew, with flat memory. `hash` takes in every byte of it. Throws `UnusableFile`.
   */
  rows(hash?: Hash | null): AsyncIterable<readonly TableRow[]>;
  /** SHA-256 of the file, where opening it read all of it; else null. */
  readonly digest: string | null;
}

/** What may be known about a table beforehand; null: to be found. */
export interface TableOptions {
  readonly delimiter: string | null;
  readonly encoding: TextEncoding | null;
  /** Folder of the campaign file that names the file; left out: a person named it. */
  readonly within?: string | undefined;
  /** True: plazcast wrote the table, and what it added is read as columns, too. */
  readonly own?: boolean;
}

/** Enough of the file to find its dialect and its header in. */
const SAMPLE_BYTES = 1 << 18;

/** Opens a table: finds encoding, delimiter and header. A file that cannot be used is a problem, never an exception. */
export async function openTable(file: string, options: TableOptions): Promise<Result<Table>> {
  try {
    const size = await ordinarySize(file);
    const shape = await shapeOfBytes(file, options.encoding);
    if (!shape.ok) return shape;
    const { skipBytes, encoding } = shape.value;
    const sample = await allText(textOf(file, encoding, skipBytes, skipBytes + SAMPLE_BYTES - 1));
    const dialect = dialectOf(sample, options.delimiter, size <= skipBytes + SAMPLE_BYTES);
    return await tableWith(file, shape.value, dialect, options);
  } catch (error) {
    if (error instanceof UnusableFile) return failed(...error.problems);
    return failed(readProblem(file, error));
  }
}

async function tableWith(
  file: string,
  shape: TextShape,
  dialect: Dialect,
  { within, own = false }: TableOptions,
): Promise<Result<Table>> {
  const header = await headerRow(file, shape, dialect);
  if (header === null) return failed({ code: 'recipients.empty', at: { file } });
  const told = (names: readonly string[]): ToldColumns => toldColumns(names, file, within);
  const columns = own ? ok(ownColumnsOf(header.cells)) : columnsOf(header.cells, file, header.line, told);
  if (!columns.ok) return columns;
  return ok({
    columns: columns.value.names,
    headerLine: header.line,
    delimiter: dialect.delimiter,
    encoding: shape.encoding,
    notices: [...shape.notices, ...headerNotices(header, columns.value, file)],
    told: () => told(columns.value.names),
    rows: (hash) => tableRows({ file, shape, dialect, hash: hash ?? null }, columns.value),
    digest: shape.digest,
  });
}

function headerNotices(header: HeaderRow, columns: TableColumns, file: string): Problem[] {
  const notices: Problem[] = [];
  const at = { file, line: header.line };
  if (columns.fromRejected) notices.push({ code: 'recipients.from-rejected', at });
  if (header.cells.some(isDamaged)) notices.push({ code: 'recipients.damaged-header', at });
  return notices;
}

async function allText(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

type HeaderRow = Pick<RawRow, 'line' | 'cells'>;

async function headerRow(file: string, shape: TextShape, dialect: Dialect): Promise<HeaderRow | null> {
  const reading = { file, shape, dialect, hash: null };
  for await (const { rows } of filledRows(reading)) for (const row of rows) return row;
  return null;
}

/** One reading of a file. */
interface Reading {
  readonly file: string;
  readonly shape: TextShape;
  readonly dialect: Dialect;
  readonly hash: Hash | null;
}

async function* tableRows(reading: Reading, columns: TableColumns): AsyncGenerator<readonly TableRow[]> {
  let headerPassed = false;
  for await (const { rows, suspicious } of filledRows(reading)) {
    const data = headerPassed ? rows : rows.slice(1);
    headerPassed = true;
    if (data.length > 0) yield data.map((row) => fitted(row, columns, suspicious));
  }
}

/** Rows with at least one filled cell, in batches that are not empty, without the `sep=` line. */
async function* filledRows(reading: Reading): AsyncGenerator<CutBatch> {
  let { separatorLine } = reading.dialect;
  for await (const { rows, suspicious } of cutRows(reading)) {
    const filled = (separatorLine ? rows.slice(1) : rows).filter((row) => !isBlank(row));
    separatorLine = false;
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

interface CutBatch {
  readonly rows: readonly RawRow[];
  /** False: no cell of these rows can be damaged. */
  readonly suspicious: boolean;
}

async function* cutRows({ file, shape, dialect, hash }: Reading): AsyncGenerator<CutBatch> {
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

function fitted(row: RawRow, columns: TableColumns, suspicious: boolean): TableRow {
  const { line, cells } = row;
  const count = columns.names.length;
  const own = cells.length === count ? cells : columns.names.map((_, index) => cells[index] ?? '');
  return {
    line,
    cells: columns.marked ? own.map(withoutSafetyMark) : own,
    surplus: cells.length <= columns.width ? NONE : surplusOf(cells, columns),
    misfit: misfitOf(row, columns.width),
    damaged: suspicious && own.some(isDamaged),
  };
}

const NONE: readonly string[] = [];

function surplusOf(cells: readonly string[], { width, marked }: TableColumns): readonly string[] {
  const surplus = cells.slice(width, lastFilled(cells) + 1);
  return marked ? surplus.map(withoutSafetyMark) : surplus;
}

function lastFilled(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== '');
}

function misfitOf(row: RawRow, width: number): string | null {
  const { cells } = row;
  if (cells.length === width && row.flaw === null) return null;
  if (row.flaw === 'quote') return '"';
  const filled = Math.max(width, lastFilled(cells) + 1);
  if (cells.length >= width && filled === width && row.flaw === null) return null;
  return `${cells.length < width ? cells.length : filled}/${width}`;
}
