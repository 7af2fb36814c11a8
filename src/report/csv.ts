import { stringify } from 'csv-stringify/sync';
import type { ReportSource, ReportStatus } from '../core/report-data.js';
import { type FieldValue, type Replies, reportFields } from './fields.js';

/** How a CSV report is written. */
export interface CsvOptions {
  /** One character. */
  readonly delimiter: string;
  /** Only rows with one of these statuses; null: all. */
  readonly statuses: readonly ReportStatus[] | null;
  /** Adds the column `replied_at`. */
  readonly replies?: Replies;
}

const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';

/**
 * The report as CSV for spreadsheets: UTF-8 with byte order mark, CRLF, one chunk for each batch of rows, so that
 * memory does not grow with the number of rows. No cell can be read as a formula, whoever wrote its text.
 */
export async function* csvReport(source: ReportSource, options: CsvOptions): AsyncIterable<string> {
  const fields = reportFields(source, options.replies ?? null);
  const lineOf = csvLines(options.delimiter);
  yield BYTE_ORDER_MARK + lineOf(fields.names);
  for await (const rows of source.rows(options.statuses)) {
    let chunk = '';
    for (const row of rows) chunk += lineOf(fields.valuesOf(row));
    yield chunk;
  }
}

/** First characters with which a spreadsheet starts a formula, the full-width forms of East Asian keyboards too. */
const FORMULA_SIGNS = '=+\\-@\uFF1D\uFF0B\uFF0D\uFF20';
/**
 * What csv-stringify's `escape_formulas` lets pass: a line feed in front, and a sign behind white space or
 * invisible characters, which some spreadsheets drop before they look at the cell.
 */
const HIDDEN_FORMULA = new RegExp(`^(?:\\n|[\\s\\p{Cc}\\p{Cf}]+[${FORMULA_SIGNS}])`, 'u');
/**
 * Numbers that are names: phones, order numbers, anything with a leading zero. Quoted, they stay text in
 * spreadsheets that import quoted cells as text.
 */
const DIGITS = /^(?:0\d+|\d{7,})$/u;

/** Turns the values of one row into one CSV line with its end. */
export function csvLines(delimiter: string): (values: readonly FieldValue[]) => string {
  const careful = new RegExp(`^[\\s\\p{Cc}\\p{Cf}${FORMULA_SIGNS}]|["\\r\\n${escaped(delimiter)}]`, 'u');
  const format = { delimiter, record_delimiter: LINE_END, escape_formulas: true, quoted_match: DIGITS };
  return (values) => {
    // The library costs about half a microsecond for each field. Most rows need none of its care: those are
    // joined, and a test holds both ways to the same answer.
    const plain = values.map((value) => plainField(value, careful));
    if (plain.every((field) => field !== null)) return plain.join(delimiter) + LINE_END;
    return stringify([values.map(withoutHiddenFormula)], format);
  };
}

function plainField(value: FieldValue, careful: RegExp): string | null {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (careful.test(value)) return null;
  return DIGITS.test(value) ? `"${value}"` : value;
}

function withoutHiddenFormula(value: FieldValue): string {
  const text = value === null ? '' : String(value);
  return HIDDEN_FORMULA.test(text) ? `'${text}` : text;
}

function escaped(character: string): string {
  return character.replace(/[\\\]^-]/gu, '\\$&');
}
