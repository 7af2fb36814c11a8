import { AUDIENCE_COLUMNS } from '../core/audience.js';
import { columnKey } from '../core/column-key.js';
import { SUPPRESSION_COLUMNS } from '../core/consent.js';
import { conversationColumns } from '../core/conversation-rows.js';
import { withoutSafetyMark } from '../core/formula-safety.js';
import { failed, ok, type Place, type Problem, type Result, shortened } from '../core/problem.js';
import { REPORT_COLUMNS } from '../core/report-data.js';
import type { ToldColumns } from './told-columns.js';

/** What `rejected.csv` adds behind the original columns. */
export const REJECTED_COLUMNS = ['line', 'reason', 'detail'] as const;

/** A table's own columns. */
export interface TableColumns {
  readonly names: readonly string[];
  /** True: the file is an earlier `rejected.csv`; its last three columns were dropped. */
  readonly fromRejected: boolean;
  /** True: plazcast wrote the file, and put a `'` wherever a spreadsheet would find a formula. */
  readonly marked: boolean;
  /** Cells a row of the file has: the names, and the three columns of a `rejected.csv`. */
  readonly width: number;
}

/** Name of the sheet in a list of rejected rows that plazcast wrote as a workbook: one that was made of a CSV has the name of that file. */
export const REJECTED_SHEET = 'rejected rows';

/**
 * Reads a header row: padding at the end is no column, the columns of a `rejected.csv` are dropped, equal names are
 * problems. `told` says what a message may tell of the names, `sheet` in which one of a workbook they stand.
 */
export function columnsOf(
  header: readonly string[],
  at: Place,
  told: (names: readonly string[]) => ToldColumns,
  sheet: string | null,
): Result<TableColumns> {
  const all = namesIn(header);
  const width = all.length;
  const fromRejected =
    width > REJECTED_COLUMNS.length &&
    REJECTED_COLUMNS.every(
      (name, index) => columnKey(all.at(index - REJECTED_COLUMNS.length) ?? '') === name,
    );
  const marked = fromRejected
    ? sheet !== REJECTED_SHEET
    : MARKED_FILES.some((columns) => beginsWith(all, columns));
  const typed = fromRejected ? all.slice(0, -REJECTED_COLUMNS.length) : all;
  const names = marked ? typed.map(withoutSafetyMark) : typed;
  const problems = equalNames(names, at, told);
  return problems.length > 0 ? failed(...problems) : ok({ names, fromRejected, marked, width });
}

/** The columns of a table that plazcast wrote, with those that it added. */
export function ownColumnsOf(header: readonly string[], marks: 'marked' | 'unmarked'): TableColumns {
  const marked = marks === 'marked';
  const names = marked ? namesIn(header).map(withoutSafetyMark) : namesIn(header);
  return { names, fromRejected: false, marked, width: names.length };
}

/** Padding at the end names nothing. */
function namesIn(header: readonly string[]): readonly string[] {
  const trimmed = header.map((name) => name.replace(/\p{Cf}/gu, '').trim());
  return trimmed.slice(0, trimmed.findLastIndex((name) => name !== '') + 1);
}

/** What the other tables begin with that plazcast writes: they are read again, too, such as those who were refused by another campaign. */
const MARKED_FILES: readonly (readonly string[])[] = [
  REPORT_COLUMNS,
  AUDIENCE_COLUMNS,
  SUPPRESSION_COLUMNS,
  conversationColumns.map(({ name }) => name),
];

function beginsWith(names: readonly string[], columns: readonly string[]): boolean {
  return columns.every((column, index) => names[index] === column);
}

function equalNames(
  names: readonly string[],
  at: Place,
  told: (names: readonly string[]) => ToldColumns,
): Problem[] {
  const seen = new Map<string, number>();
  const problems: Problem[] = [];
  for (const [index, name] of names.entries()) {
    const key = columnKey(name);
    if (key === '') continue;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, index);
      continue;
    }
    const isTold = told(names).columns !== 'none';
    const column = isTold ? shortened(name) : '';
    const params = { column, told: isTold ? 'yes' : 'no', first: first + 1, second: index + 1 };
    problems.push({ code: 'recipients.equal-columns', params, at: { ...at, column } });
  }
  return problems;
}
