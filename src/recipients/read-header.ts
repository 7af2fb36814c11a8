import { phoneColumns } from '../core/phone-columns.js';
import type { TableHeader } from '../core/phone-list.js';
import { ok, type Result } from '../core/problem.js';
import { UnusableFile } from '../core/unusable-file.js';
import { openTable, type TableOptions } from './table.js';

const FOUND: TableOptions = { delimiter: null, encoding: null };

/** Reads only the columns and the first rows of a table (`rows` at most), such as for a campaign file to be written for it. */
export async function readHeader(
  file: string,
  rows = 3,
  options: TableOptions = FOUND,
): Promise<Result<TableHeader>> {
  const opened = await openTable(file, options);
  if (!opened.ok) return opened;
  const { columns, notices } = opened.value;
  const phones = phoneColumns(columns).map((index) => columns[index] ?? '');
  const firstRows: (readonly string[])[] = [];
  try {
    for await (const batch of opened.value.rows()) {
      firstRows.push(...batch.slice(0, rows - firstRows.length).map((row) => row.cells));
      if (firstRows.length >= rows) break;
    }
  } catch (error) {
    if (error instanceof UnusableFile) return { ok: false, problems: error.problems };
    throw error;
  }
  return ok({ columns, phoneColumns: phones, notices, firstRows });
}
