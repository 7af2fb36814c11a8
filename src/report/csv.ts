import { stringify } from 'csv-stringify/sync';
import { withSafetyMark } from '../core/formula-safety.js';
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
 * memory does not grow with the number of rows. Nothing in a cell can be read as a formula, whoever wrote its text and
 * whatever separator the spreadsheet is set to.
 */
export async function* csvReport(source: ReportSource, options: CsvOptions): AsyncIterable<string> {
  const fields = reportFields(source, options.replies ?? null);
  const lineOf = csvLines(options.delimiter);
  yield csvHead(fields.names, options.delimiter);
  for await (const rows of source.rows(options.statuses)) {
    let chunk = '';
    for (const row of rows) chunk += lineOf(fields.valuesOf(row));
    yield chunk;
  }
}

/**
 * The first line of a CSV, behind the mark by which Excel on Windows tells UTF-8; in a pipe the next program would take that
 * for part of a name.
 */
export function csvHead(names: readonly string[], delimiter = ',', asFile = true): string {
  return (asFile ? BYTE_ORDER_MARK : '') + csvLines(delimiter)(names);
}

/**
 * Numbers that are names: phones, order numbers, anything with a leading zero. Quoted, they stay text in
 * spreadsheets that import quoted cells as text.
 */
const DIGITS = /^(?:0\d+|\d{7,})$/u;

/** Turns the values of one row into one CSV line with its end. */
export function csvLines(delimiter: string): (values: readonly FieldValue[]) => string {
  const format = {
    delimiter,
    record_delimiter: LINE_END,
    // Without this, a lone CR or LF would stand unquoted, and spreadsheets would begin a new row there.
    quote_record_delimiter: true,
    quoted_match: DIGITS,
  };
  return (values) => {
    // The library costs half a microsecond for each field, and nearly all rows hold no line end: those are joined here, and a
    // test holds both ways to the same line.
    let line = '';
    for (let index = 0; index < values.length; index += 1) {
      const field = fieldOf(values[index] ?? null, delimiter);
      if (field === null) return stringify([values.map(safeText)], format);
      line += index === 0 ? field : delimiter + field;
    }
    return line + LINE_END;
  };
}

const LINE_BREAK = /[\r\n]/u;

/** The value as a CSV field, quoted where it must be; null for one that needs more care than quotes. */
function fieldOf(value: FieldValue, delimiter: string): string | null {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (LINE_BREAK.test(value)) return null;
  const text = withSafetyMark(value);
  if (text.includes('"')) return `"${text.replaceAll('"', '""')}"`;
  return text.includes(delimiter) || DIGITS.test(text) ? `"${text}"` : text;
}

function safeText(value: FieldValue): string {
  return typeof value === 'string' ? withSafetyMark(value) : String(value ?? '');
}
