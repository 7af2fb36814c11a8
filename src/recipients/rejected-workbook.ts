import type { RecipientsFile, Rejection, TranslateReason } from '../core/recipient.js';
import type { Row } from '../xlsx/sheet.js';
import { workbookBytes } from '../xlsx/workbook.js';
import { REJECTED_COLUMNS, REJECTED_SHEET } from './columns.js';
import type { Rejections } from './rejected-file.js';

const ROWS_PER_BATCH = 500;

/**
 * The rejected rows as an Excel file that can be repaired and sent back in, in pieces: the original columns, then `line`,
 * `reason`, `detail`, and behind them the cells that a row has too many. Every cell but the line is a text, which no
 * spreadsheet takes for a formula: none has a mark before it. What `rejections` throws is thrown on.
 */
export function rejectedWorkbook(
  { columns }: Pick<RecipientsFile, 'columns'>,
  rejections: Rejections,
  translate: TranslateReason,
): AsyncGenerator<Uint8Array> {
  const header = [...columns, ...REJECTED_COLUMNS];
  const rowOf = ({ line, reason, column, value, cells }: Rejection): Row => [
    ...cells.slice(0, columns.length),
    line,
    reason,
    translate(reason, { column, value }),
    ...cells.slice(columns.length),
  ];
  return workbookBytes([{ name: REJECTED_SHEET, header, rows: batches(rejections, rowOf) }]);
}

async function* batches(
  rejections: Rejections,
  rowOf: (rejection: Rejection) => Row,
): AsyncGenerator<readonly Row[]> {
  let rows: Row[] = [];
  for await (const rejection of rejections) {
    rows.push(rowOf(rejection));
    if (rows.length < ROWS_PER_BATCH) continue;
    yield rows;
    rows = [];
  }
  yield rows;
}
