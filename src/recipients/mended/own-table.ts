import { columnKey } from '../../core/column-key.js';
import {
  failed,
  firstProblems,
  ok,
  type Problem,
  problemAt,
  type Result,
  shortened,
} from '../../core/problem.js';
import { UnusableFile } from '../../core/unusable-file.js';
import { openTable, type Table, type TableRow } from '../table.js';

/** A row of a table that plazcast wrote for a recipients file, and that a person may have changed since. */
export interface OwnRow {
  /** Line of the recipients file that it stands for. */
  readonly line: number;
  /** A cell for each column of the recipients file; null: the table has no such column. */
  readonly cells: readonly (string | null)[];
  readonly surplus: readonly string[];
  /** What else stands in it, by the names that were asked for. */
  readonly added: readonly string[];
}

/**
 * Reads a table that plazcast wrote, in whatever form a spreadsheet saved it: encoding, separator and order of the columns
 * are found anew. `marks`: whether it wrote a `'` before what would be a formula. `added`: names of the columns behind the recipients file's own, `line` first, without which no row
 * can be told. `take` gets each row.
 */
export async function readOwnTable(
  { file, marks }: { readonly file: string; readonly marks: 'marked' | 'unmarked' },
  columns: readonly string[],
  added: readonly ['line', ...string[]],
  take: (row: OwnRow) => Problem | null,
): Promise<Result<null>> {
  const opened = await openTable(file, { delimiter: null, encoding: null, own: marks });
  if (!opened.ok) return opened;
  const table = opened.value;
  const [lineIndex = -1, ...others] = added.map((name) => lastNamed(table.columns, name));
  if (lineIndex === -1) return failed({ code: 'mended.no-line-column', at: { file } });
  const taken = new Set([lineIndex, ...others]);
  const own = columns.map((name, index) =>
    name === '' ? unnamedAt(table.columns, index) : firstNamed(table.columns, name, taken),
  );
  const found: Problem[] = [];
  try {
    for await (const rows of table.rows()) {
      for (const row of rows) {
        const problem = oneRow(row, table, { file, lineIndex, own, others, take });
        if (problem !== null) found.push(problem);
      }
    }
  } catch (error) {
    if (error instanceof UnusableFile) return failed(...error.problems);
    throw error;
  }
  return found.length === 0 ? ok(null) : failed(...firstProblems(found));
}

interface Reading {
  readonly file: string;
  readonly lineIndex: number;
  readonly own: readonly number[];
  readonly others: readonly number[];
  readonly take: (row: OwnRow) => Problem | null;
}

function oneRow(
  row: TableRow,
  table: Table,
  { file, lineIndex, own, others, take }: Reading,
): Problem | null {
  const typed = (row.cells[lineIndex] ?? '').trim();
  // Some spreadsheets write whole numbers with a decimal.
  const digits = /^(\d{1,9})(?:[.,]0+)?$/u.exec(typed)?.[1];
  const line = digits === undefined ? 0 : Number(digits);
  const at = { file, line: row.line, column: table.columns[lineIndex] ?? 'line' };
  if (line < 1) return { code: 'mended.no-line', params: { value: shortened(typed) }, at };
  const problem = take({
    line,
    cells: own.map((index) => (index === -1 ? null : (row.cells[index] ?? ''))),
    surplus: row.surplus,
    added: others.map((index) => (index === -1 ? '' : (row.cells[index] ?? ''))),
  });
  return problem === null ? null : problemAt(problem, at);
}

/** What plazcast adds stands last; a column of the file itself may have the same name. */
function lastNamed(names: readonly string[], wanted: string): number {
  return names.findLastIndex((name) => columnKey(name) === wanted);
}

/** A column without a name is known by its place alone. */
function unnamedAt(names: readonly string[], index: number): number {
  return names[index] === '' ? index : -1;
}

function firstNamed(names: readonly string[], wanted: string, taken: ReadonlySet<number>): number {
  const key = columnKey(wanted);
  return names.findIndex((name, index) => !taken.has(index) && columnKey(name) === key);
}
