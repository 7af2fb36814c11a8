import type { FileFormat } from '../core/recipient.js';
import { CsvReader } from './csv-reader.js';
import type { RawRow } from './raw-row.js';

/** How the rows of a text are written. */
export interface Dialect {
  readonly delimiter: string;
  /** True: the first row is a spreadsheet's `sep=;` and no header. */
  readonly separatorLine: boolean;
}

/** What stands between the cells of a CSV that is written beside a file: as there; Excel in Mexico and Peru opens commas. */
export function delimiterBeside(file: FileFormat): string {
  return file.format === 'csv' ? file.delimiter : ',';
}

/** In order of preference, should two fit equally well. */
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** `sep=;`, as Excel writes and understands it; a save may have padded or quoted it. */
const SEPARATOR_LINE = /^"?sep=([^\w"\s]|\t)"?\1*[ \t]*(?:[\r\n]|$)/i;

/**
 * Finds the dialect from the start of a text. A delimiter that was declared is stronger than a `sep=` line, which
 * is stronger than what the rows look like. `complete`: the text is the whole file.
 */
export function dialectOf(text: string, declared: string | null, complete: boolean): Dialect {
  const named = SEPARATOR_LINE.exec(text)?.[1];
  const separatorLine = named !== undefined;
  if (declared !== null) return { delimiter: declared, separatorLine };
  if (named !== undefined) return { delimiter: named, separatorLine };
  let best: string = DELIMITERS[0];
  let bestFit = 0;
  for (const delimiter of DELIMITERS) {
    const fit = fitOf(text, delimiter, complete);
    if (fit > bestFit) {
      best = delimiter;
      bestFit = fit;
    }
  }
  return { delimiter: best, separatorLine };
}

const ROWS_LOOKED_AT = 500;
const PIECE_CHARACTERS = 1 << 14;

/**
 * How well a delimiter explains the rows, 0 when it does not occur in the header: above all the share of rows with
 * as many cells as the header, then the number of columns.
 */
function fitOf(text: string, delimiter: string, complete: boolean): number {
  const [header, ...data] = filledRows(text, delimiter, complete);
  if (header === undefined || header.cells.length < 2) return 0;
  const columns = widthOf(header);
  if (columns < 2 || isTorn(header)) return 0;
  const looked = data.slice(0, ROWS_LOOKED_AT);
  const fitting = looked.filter(
    (row) => row.cells.length >= columns && widthOf(row) <= columns && !isTorn(row),
  );
  const share = looked.length === 0 ? 1 : fitting.length / looked.length;
  return share + Math.min(columns, 100) / 1000;
}

/** The first rows with a filled cell: the header and as many as are looked at. */
function filledRows(text: string, delimiter: string, complete: boolean): readonly RawRow[] {
  const cutter = new CsvReader(delimiter);
  const filled: RawRow[] = [];
  let ended = false;
  const take = (rows: readonly RawRow[]): void => {
    ended ||= rows.length > 0;
    filled.push(...rows.filter((row) => widthOf(row) > 0));
  };
  for (let at = 0; at < text.length && filled.length <= ROWS_LOOKED_AT; at += PIECE_CHARACTERS) {
    take(cutter.push(text.slice(at, at + PIECE_CHARACTERS)));
  }
  // The row at the end of a sample may be half a row.
  if (complete || !ended) take(cutter.end());
  return filled;
}

/** Number of cells without those that are blank at the end: spreadsheets pad. */
function widthOf(row: RawRow): number {
  return row.cells.findLastIndex((cell) => cell.trim() !== '') + 1;
}

/** A quotation mark without its other half: the delimiter stands inside quotes. */
function isTorn(row: RawRow): boolean {
  return row.flaw !== null || row.cells.some((cell) => (cell.split('"').length - 1) % 2 === 1);
}
