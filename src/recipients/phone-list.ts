import { ANY_PHONE } from '../core/phone.js';
import { phoneColumns } from '../core/phone-columns.js';
import type { OpenPhoneList, PhoneListRow, PhoneListSource } from '../core/phone-list.js';
import { failed, ok, type Problem, type Result, shortened } from '../core/problem.js';
import { parsePhone } from './phone.js';
import { readPhoneText } from './phone-text.js';
import { findPhoneColumn } from './read-recipients.js';
import { openTable, type Table, type TableRow } from './table.js';

/**
 * Opens a list of phones in any CSV that could be a recipients file, or with bare numbers and no header. A broken
 * cell beside the phone is no reason to drop a row: only the phone counts.
 */
export async function openPhoneList(source: PhoneListSource): Promise<Result<OpenPhoneList>> {
  const opened = await openTable(source.file, source);
  if (!opened.ok) return opened;
  const table = opened.value;
  const bare = source.phoneColumn === null ? bareNumberIndex(table) : null;
  const index = bare === null ? findPhoneColumn(table, source.file, source.phoneColumn) : ok(bare);
  if (!index.ok) return failed(...index.problems.map(withoutCampaignFile));
  const { columns, notices } = table;
  return ok({
    columns: bare === null ? columns : [],
    notices,
    batches: { [Symbol.asyncIterator]: () => phonesOf(table, index.value, bare !== null, source.country) },
  });
}

/** No campaign file says anything of such a list: what is to be changed is the list. */
function withoutCampaignFile(problem: Problem): Problem {
  const { code } = problem;
  if (code === 'recipients.no-phone-column') return { ...problem, code: 'suppress.no-phone-column' };
  if (code === 'recipients.two-phone-columns') return { ...problem, code: 'suppress.two-phone-columns' };
  return problem;
}

/** The index of the cell that is a number in what would be the header; null: it is a header. */
function bareNumberIndex(table: Table): number | null {
  if (phoneColumns(table.columns).length > 0) return null;
  const index = table.columns.findIndex((cell) => readPhoneText(cell).ok);
  return index === -1 ? null : index;
}

async function* phonesOf(
  table: Table,
  index: number,
  headerIsNumber: boolean,
  country: string | null,
): AsyncGenerator<readonly PhoneListRow[]> {
  if (headerIsNumber) yield [phoneOf({ line: table.headerLine, cells: table.columns }, index, country)];
  for await (const rows of table.rows()) yield rows.map((row) => phoneOf(row, index, country));
}

function phoneOf(row: Pick<TableRow, 'line' | 'cells'>, index: number, country: string | null): PhoneListRow {
  const { line, cells } = row;
  const typed = cells[index] ?? '';
  const phone = parsePhone(typed, country, ANY_PHONE);
  if (!phone.ok) return { ok: false, line, typed: shortened(typed), reason: phone.reason, cells };
  return { ok: true, line, phone: phone.phone, person: phone.person, country: phone.country, cells };
}
