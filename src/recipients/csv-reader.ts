import { CsvError, parse } from 'csv-parse/sync';
import { CsvScanner, type FoundRow } from './csv-scanner.js';
import type { RawRow } from './raw-row.js';

/**
 * Cuts text into rows of cells: csv-parse reads the cells of the rows that `CsvScanner` finds. Text comes in chunks of
 * any size, and the rows that end in one are parsed together.
 */
export class CsvReader {
  readonly #finder: CsvScanner;
  readonly #delimiter: string;

  constructor(delimiter: string) {
    this.#finder = new CsvScanner(delimiter);
    this.#delimiter = delimiter;
  }

  /** As `CsvScanner` says it: from then on no rows come. */
  get unclosedQuoteAt(): number | null {
    return this.#finder.unclosedQuoteAt;
  }

  /** The rows that ended in this chunk. */
  push(text: string): readonly RawRow[] {
    return withCells(this.#finder.push(text), this.#delimiter);
  }

  /** The last row, when no line end stands behind it. */
  end(): readonly RawRow[] {
    return withCells(this.#finder.end(), this.#delimiter);
  }
}

/**
 * Parses rows, one record for each: were it ever another number, cells would stand in the wrong row, so then every
 * row is parsed by itself, and one that is not exactly one record has the flaw `quote`, its text being its only cell.
 */
export function withCells(rows: readonly FoundRow[], delimiter: string): readonly RawRow[] {
  if (rows.length === 0) return [];
  const records = recordsIn(rows.map((row) => row.text).join('\n'), delimiter);
  if (records.length !== rows.length) return rows.map((row) => byItself(row, delimiter));
  return rows.map(({ line, row, flaw }, index) => ({ line, row, cells: records[index] ?? [], flaw }));
}

function byItself({ line, row, text, flaw }: FoundRow, delimiter: string): RawRow {
  const [cells, ...more] = recordsIn(text, delimiter);
  if (cells === undefined || more.length > 0) return { line, row, cells: [text], flaw: 'quote' };
  return { line, row, cells, flaw };
}

/** `relax_quotes`: a quotation mark inside a cell without quotes is text. Empty when the text is no CSV. */
function recordsIn(text: string, delimiter: string): string[][] {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
    });
  } catch (error) {
    if (error instanceof CsvError) return [];
    throw error;
  }
}
