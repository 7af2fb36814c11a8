import { rm } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { withSafetyMark } from '../core/formula-safety.js';
import { ok, type Result } from '../core/problem.js';
import type { RecipientsFile, Rejection, TranslateReason } from '../core/recipient.js';
import { writeAtomically } from '../files/atomic-file.js';
import { REJECTED_COLUMNS } from './columns.js';

/** Rejected rows in the order of their file, however they come. */
export type Rejections = AsyncIterable<Rejection> | Iterable<Rejection>;

/** What decides how the list of a CSV is written. */
type CsvFacts = Pick<Extract<RecipientsFile, { format: 'csv' }>, 'columns' | 'delimiter'>;

const ROWS_PER_CHUNK = 500;

/**
 * The rejected rows as a table that can be repaired and sent back in, in chunks: UTF-8 with byte order mark, CRLF,
 * the delimiter of the source, the original columns, then `line`, `reason`, `detail`, and behind them the cells that
 * a row has too many. Nothing in a cell is taken for a formula: a `'` stands before what would be, and is taken off when
 * such a file is read. What `rejections` throws is thrown on.
 */
export async function* rejectedCsv(
  { columns, delimiter }: CsvFacts,
  rejections: Rejections,
  translate: TranslateReason,
): AsyncGenerator<string> {
  const header = [...columns.map(withSafetyMark), ...REJECTED_COLUMNS];
  yield `\ufeff${csvOf([header], delimiter)}`;
  let rows: string[][] = [];
  for await (const rejection of rejections) {
    rows.push(rowOf(rejection, columns.length, translate));
    if (rows.length < ROWS_PER_CHUNK) continue;
    yield csvOf(rows, delimiter);
    rows = [];
  }
  yield csvOf(rows, delimiter);
}

/**
 * Writes the rejected rows to a file in the form of the recipients file, streamed: at `path` is the old file or the
 * complete new one, readable by its owner alone; a link is refused. Without rejected rows nothing is written. Gives the number of rows.
 */
export async function writeRejected(
  path: string,
  file: RecipientsFile,
  rejections: Rejections,
  translate: TranslateReason,
): Promise<Result<number>> {
  const rows = each(rejections);
  const first = await rows.next();
  // Nothing is touched for nothing: the folder may be read-only.
  if (first.done === true) return ok(0);
  let count = 1;
  const counted = async function* (): AsyncGenerator<Rejection> {
    yield first.value;
    for await (const rejection of rows) {
      count += 1;
      yield rejection;
    }
  };
  const pieces =
    file.format === 'csv'
      ? rejectedCsv(file, counted(), translate)
      : (await import('./rejected-workbook.js')).rejectedWorkbook(file, counted(), translate);
  const written = await writeAtomically(path, pieces, 'plazcast');
  return written.ok ? ok(count) : written;
}

async function* each(rejections: Rejections): AsyncGenerator<Rejection> {
  yield* rejections;
}

/** Removes an earlier list of rejected rows; that there is none is no error. */
export async function removeRejected(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Cells that a row has too many stand behind everything else: nothing is lost, and unmended the row is rejected again. */
function rowOf(
  { line, reason, column, value, cells }: Rejection,
  columns: number,
  translate: TranslateReason,
): string[] {
  const added = [String(line), reason, translate(reason, { column, value })];
  return [...cells.slice(0, columns), ...added, ...cells.slice(columns)].map(withSafetyMark);
}

/** `quote_record_delimiter`: with CRLF given, csv-stringify leaves cells with a lone CR or LF without quotes otherwise. */
function csvOf(rows: readonly (readonly string[])[], delimiter: string): string {
  return stringify(
    rows.map((row) => [...row]),
    { delimiter, record_delimiter: '\r\n', quote_record_delimiter: true },
  );
}
