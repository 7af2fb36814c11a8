import { relative } from 'node:path';
import type { OwnRecipients } from '../../campaign/propose-campaign.js';
import { readHeader } from '../../recipients/read-header.js';
import { orFail } from '../problems.js';

/** Rows looked at for columns that are always filled, and for the one that holds phones. */
const SAMPLE_ROWS = 20;

/** A person's own CSV, and which of its columns may hold the phones. */
export interface FoundRecipients extends OwnRecipients {
  /** Likeliest first: several when only a person can tell; none when nothing looks like it. */
  readonly phoneColumns: readonly string[];
}

/** What a person's own CSV proposes for a campaign in `folder`. */
export async function readOwnRecipients(file: string, folder: string): Promise<FoundRecipients> {
  const { columns, phoneColumns, firstRows } = orFail(await readHeader(file, SAMPLE_ROWS));
  const candidates = phoneColumns.length > 0 ? phoneColumns : columnsOfPhones(columns, firstRows);
  const [only = null, another] = candidates;
  return {
    file: relative(folder, file).replaceAll('\\', '/'),
    columns,
    phoneColumn: another === undefined ? only : null,
    phoneColumns: candidates,
    sampleRows: firstRows,
  };
}

/** Columns whose filled cells are all written as phones are, whatever they are called. */
function columnsOfPhones(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  return columns.filter((_, index) => {
    const filled = rows.map((row) => (row[index] ?? '').trim()).filter((cell) => cell !== '');
    return filled.length > 0 && filled.every(readsAsPhone);
  });
}

/** Nine digits are the shortest mobile number of a country that has this tool's users; identity cards mostly have eight. */
function readsAsPhone(cell: string): boolean {
  const digits = cell.replace(/\D/gu, '').length;
  return /^\+?[\d\s().-]+$/u.test(cell) && digits >= 9 && digits <= 15;
}
