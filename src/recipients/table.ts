import type { Hash } from 'node:crypto';
import type { TextEncoding } from '../core/campaign.js';
import { withoutSafetyMark } from '../core/formula-safety.js';
import type { SheetName } from '../core/phone-list.js';
import { failed, ok, type Problem, type Result } from '../core/problem.js';
import type { FileFormat, Meanings } from '../core/recipient.js';
import { readProblem, UnusableFile } from '../core/unusable-file.js';
import { columnsOf, ownColumnsOf, type TableColumns } from './columns.js';
import { openCsv } from './csv-table.js';
import { isOldWorkbook, isZip, oldWorkbookProblem, startOf } from './file-kind.js';
import type { CellFault, RawRow, RowBatch } from './raw-row.js';
import { isDamaged } from './text.js';
import { type ToldColumns, toldColumns } from './told-columns.js';

/** A row of a table: as many cells as the table has columns, or `misfit` says why not. */
export interface TableRow {
  readonly line: number;
  /** As a spreadsheet counts it; left out: as the line. */
  readonly row?: number;
  /** One for each column, cut or filled up where the row does not fit. */
  readonly cells: readonly string[];
  /** The cells that the row has too many, without blank ones at the end. */
  readonly surplus: readonly string[];
  /** What does not fit, for a person: `4/3` is four cells for three columns. null: the row fits. */
  readonly misfit: string | null;
  /** Some cell shows signs of a wrong encoding. */
  readonly damaged: boolean;
  /** The first cell without a value that could be sent; null: there is none. */
  readonly fault: CellFault | null;
  /** Left out: its cells are texts and no more. */
  readonly meanings?: Meanings;
}

/** A table in a file, as far as its start tells. */
export type Table = FileFormat & TableParts;

interface TableParts {
  readonly columns: readonly string[];
  readonly headerLine: number;
  /** There is a row below the header. */
  readonly hasRows: boolean;
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
  /** Of a workbook, in the order of their tabs; none of a text. */
  readonly sheets: readonly SheetName[];
}

/** What may be known about a table beforehand; null: to be found. */
export interface TableOptions {
  readonly delimiter: string | null;
  readonly encoding: TextEncoding | null;
  /** Name of the sheet of a workbook; left out or null: the first visible one. */
  readonly sheet?: string | null | undefined;
  /** Folder of the campaign file that names the file; left out: a person named it. */
  readonly within?: string | undefined;
  /** Whether it is kept what the cells of a workbook mean; left out: they are texts. */
  readonly withMeanings?: boolean;
  /** plazcast wrote the table, with marks before what would be a formula or without, and what it added is read as columns, too. */
  readonly own?: 'marked' | 'unmarked';
}

/** Where the rows of a table come from. */
export interface RowSource {
  readonly format: FileFormat;
  readonly notices: readonly Problem[];
  /** As `Table` has it. */
  readonly digest: string | null;
  /** As `Table` has them; left out: none. */
  readonly sheets?: readonly SheetName[];
  /** As `Table.rows`, with the header and before anybody asks how many cells a row should have. */
  batches(hash: Hash | null): AsyncIterable<RowBatch>;
}

/**
 * Opens a table: a text, whose encoding and delimiter are found, or a workbook; the first bytes tell, whatever the file is
 * called. A file that cannot be used is a problem, never an exception.
 */
export async function openTable(file: string, options: TableOptions): Promise<Result<Table>> {
  try {
    const source = await rowSource(file, options);
    return source.ok ? await tableOf(source.value, file, options) : source;
  } catch (error) {
    if (error instanceof UnusableFile) return failed(...error.problems);
    return failed(readProblem(file, error));
  }
}

async function rowSource(file: string, options: TableOptions): Promise<Result<RowSource>> {
  const start = await startOf(file);
  if (isOldWorkbook(start)) return failed(await oldWorkbookProblem(file));
  if (!isZip(start)) return openCsv(file, start, options);
  // What reads workbooks is loaded for workbooks alone.
  const { openWorkbook } = await import('./xlsx/open-workbook.js');
  return openWorkbook(file, options);
}

async function tableOf(
  source: RowSource,
  file: string,
  { within, own }: TableOptions,
): Promise<Result<Table>> {
  const [header, first] = await firstRows(source);
  if (header === undefined) return failed({ code: 'recipients.empty', at: { file } });
  const told = (names: readonly string[]): ToldColumns => toldColumns(names, file, within);
  const sheet = source.format.format === 'xlsx' ? source.format.sheet : null;
  const columns =
    own === undefined
      ? columnsOf(header.cells, { file, line: header.line }, told, sheet)
      : ok(ownColumnsOf(header.cells, own));
  if (!columns.ok) return columns;
  // A sheet does not store the blank cells at the end of a row.
  const endsAtLastFilled = source.format.format === 'xlsx';
  return ok({
    ...source.format,
    columns: columns.value.names,
    headerLine: header.line,
    hasRows: first !== undefined,
    notices: [...source.notices, ...headerNotices(header, columns.value, file)],
    told: () => told(columns.value.names),
    rows: (hash) => tableRows(source.batches(hash ?? null), { ...columns.value, endsAtLastFilled }),
    digest: source.digest,
    sheets: source.sheets ?? [],
  });
}

/** How the table is written, and nothing else of it. */
export function formatOf(table: Table): FileFormat {
  if (table.format === 'csv') return { format: 'csv', delimiter: table.delimiter, encoding: table.encoding };
  return { format: 'xlsx', sheet: table.sheet, hiddenRows: table.hiddenRows };
}

/** The header and the row below it, as far as there are any. */
async function firstRows(source: RowSource): Promise<readonly RawRow[]> {
  const found: RawRow[] = [];
  for await (const { rows } of source.batches(null)) {
    found.push(...rows.slice(0, 2));
    if (found.length >= 2) break;
  }
  return found;
}

function headerNotices(header: RawRow, columns: TableColumns, file: string): Problem[] {
  const notices: Problem[] = [];
  const at = { file, line: header.line };
  if (columns.fromRejected) notices.push({ code: 'recipients.from-rejected', at });
  if (header.cells.some(isDamaged)) notices.push({ code: 'recipients.damaged-header', at });
  return notices;
}

/** What the rows below a header are measured by. */
interface RowMeasure extends TableColumns {
  /** Rows may have fewer cells than there are columns. */
  readonly endsAtLastFilled: boolean;
}

async function* tableRows(
  batches: AsyncIterable<RowBatch>,
  columns: RowMeasure,
): AsyncGenerator<readonly TableRow[]> {
  let headerPassed = false;
  for await (const { rows, suspicious } of batches) {
    const data = headerPassed ? rows : rows.slice(1);
    headerPassed = true;
    if (data.length > 0) yield data.map((row) => fitted(row, columns, suspicious));
  }
}

function fitted(row: RawRow, columns: RowMeasure, suspicious: boolean): TableRow {
  const { line, cells } = row;
  const count = columns.names.length;
  const own = cells.length === count ? cells : columns.names.map((_, index) => cells[index] ?? '');
  return {
    line,
    ...(row.row === undefined || row.row === line ? {} : { row: row.row }),
    cells: columns.marked ? own.map(withoutSafetyMark) : own,
    surplus: cells.length <= columns.width ? NONE : surplusOf(cells, columns),
    misfit: misfitOf(row, columns),
    damaged: suspicious && own.some(isDamaged),
    fault: row.fault ?? null,
    ...(row.meanings === undefined ? {} : { meanings: row.meanings }),
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

function misfitOf(row: RawRow, { width, endsAtLastFilled }: RowMeasure): string | null {
  const { cells } = row;
  const length = endsAtLastFilled ? Math.max(cells.length, width) : cells.length;
  if (length === width && row.flaw === null) return null;
  if (row.flaw === 'quote') return '"';
  const filled = Math.max(width, lastFilled(cells) + 1);
  if (length >= width && filled === width && row.flaw === null) return null;
  return `${length < width ? length : filled}/${width}`;
}
