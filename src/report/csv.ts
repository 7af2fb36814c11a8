import { stringify } from 'csv-stringify/sync';
import { readsAsFormula } from '../core/formula-safety.js';
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
    escape_formulas: true,
    quoted_match: DIGITS,
  };
  return (values) => {
    // The library costs half a microsecond for each field, and nearly all rows hold nothing that could be read
    // as a formula: those are joined here, and a test holds both ways to the same line.
    let line = '';
    for (let index = 0; index < values.length; index += 1) {
      const field = harmless(values[index] ?? null, delimiter);
      if (field === null) return stringify([values.map(withoutFormula)], format);
      line += index === 0 ? field : delimiter + field;
    }
    return line + LINE_END;
  };
}

const LINE_BREAK = /[\r\n]/u;

/** The value as a CSV field, quoted where it must be; null for one that needs more care than quotes. */
function harmless(value: FieldValue, delimiter: string): string | null {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (readsAsFormula(value) || LINE_BREAK.test(value)) return null;
  if (value.includes('"')) return `"${value.replaceAll('"', '""')}"`;
  return value.includes(delimiter) || DIGITS.test(value) ? `"${value}"` : value;
}

/** csv-stringify's `escape_formulas` lets a line feed in front pass, and a sign behind invisible characters. */
function withoutFormula(value: FieldValue): string {
  const text = value === null ? '' : String(value);
  return readsAsFormula(text) ? `'${text}` : text;
}
