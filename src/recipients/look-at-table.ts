import type { ReadListAs } from '../core/new-campaign.js';
import { phoneColumns } from '../core/phone-columns.js';
import type { TableHeader, TableLook } from '../core/phone-list.js';
import { ok, type Result } from '../core/problem.js';
import { UnusableFile } from '../core/unusable-file.js';
import { formatOf, openTable, type Table, type TableOptions, type TableRow } from './table.js';

const FOUND: TableOptions = { delimiter: null, encoding: null };

/**
 * Reads only the columns and the first rows of a table (`rows` at most), such as for a campaign file to be written for it, and
 * how the table is written: what somebody chose of that is taken, the rest is found.
 */
export async function lookAtTable(
  file: string,
  rows: number,
  readAs: ReadListAs | null,
): Promise<Result<TableLook>> {
  const opened = await openTable(file, readAs ?? FOUND);
  if (!opened.ok) return opened;
  const header = await headerOf(opened.value, rows);
  if (!header.ok) return header;
  return ok({ ...header.value, format: formatOf(opened.value), sheets: opened.value.sheets });
}

async function headerOf(table: Table, rows: number): Promise<Result<TableHeader>> {
  const { columns, notices } = table;
  const phones = phoneColumns(columns).map((index) => columns[index] ?? '');
  const first: TableRow[] = [];
  try {
    for await (const batch of table.rows()) {
      first.push(...batch.slice(0, rows - first.length));
      if (first.length >= rows) break;
    }
  } catch (error) {
    if (error instanceof UnusableFile) return { ok: false, problems: error.problems };
    throw error;
  }
  const firstRows = first.map(({ cells }) => cells);
  const isTitled = first.length > 0 && first.every(({ surplus }) => surplus.length > 0);
  return ok({ columns, phoneColumns: phones, notices, firstRows, isTitled });
}
