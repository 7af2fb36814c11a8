import {
  REPORT_COLUMNS,
  type ReportColumn,
  type ReportRow,
  type ReportSource,
} from '../../core/report-data.js';
import type { Cell, Row, Sheet } from '../../xlsx/sheet.js';
import { inputNames, type Replies, reasonWords } from '../fields.js';
import { saidCell } from './said-cell.js';
import { type SheetView, sheetName } from './view.js';

interface Column {
  readonly name: string;
  readonly cell: (row: ReportRow) => Cell;
}

/** Every row of the report, a line each, with the recipients file's own columns behind the report's. */
export function deliveriesSheet(source: ReportSource, view: SheetView, replies: Replies | null): Sheet {
  const { translate } = view;
  const columnOf = ownColumns(view);
  const own = REPORT_COLUMNS.map((column) => columnOf[column]);
  if (replies !== null)
    own.push({
      name: translate('report.column.replied-at', { zone: view.timeZone }),
      cell: (row) => view.moment(replies(row)),
    });
  const last: readonly Column[] =
    source.hasRepaired === true
      ? [{ name: translate('report.repaired.variables'), cell: (row) => row.repaired?.join(', ') ?? null }]
      : [];
  const taken = [...own, ...last].map(({ name }) => name);
  const input = inputNames(taken, source.columns).map((name, index) => ({
    name,
    cell: ({ cells }: ReportRow): Cell => cells[index] ?? null,
  }));
  const columns = [...own, ...input, ...last];
  return {
    name: sheetName(view, 'report.sheet.deliveries'),
    header: columns.map(({ name }) => name),
    rows: batches(source, view, columns),
  };
}

async function* batches(
  source: ReportSource,
  { statuses }: SheetView,
  columns: readonly Column[],
): AsyncGenerator<readonly Row[]> {
  for await (const rows of source.rows(statuses))
    yield rows.map((row) => columns.map(({ cell }) => cell(row)));
}

function ownColumns(view: SheetView): Readonly<Record<ReportColumn, Column>> {
  const { translate, moment, timeZone: zone } = view;
  return {
    line: { name: translate('report.column.line'), cell: ({ line }) => line },
    phone: { name: translate('report.column.phone'), cell: ({ phone }) => phone },
    status: {
      name: translate('report.column.status'),
      cell: ({ status }) => translate(`report.status.${status}`),
    },
    reason: { name: translate('report.column.reason'), cell: (row) => reasonOf(row, view) },
    attempts: { name: translate('report.column.attempts'), cell: ({ attempts }) => attempts },
    contact_id: { name: translate('report.column.contact-id'), cell: ({ contactId }) => contactId },
    first_attempt_at: {
      name: translate('report.column.first-attempt-at', { zone }),
      cell: ({ firstAttemptAt }) => moment(firstAttemptAt),
    },
    last_attempt_at: {
      name: translate('report.column.last-attempt-at', { zone }),
      cell: ({ lastAttemptAt }) => moment(lastAttemptAt),
    },
    http_status: { name: translate('report.column.http-status'), cell: ({ httpStatus }) => httpStatus },
    error_code: { name: translate('report.column.error-code'), cell: ({ errorCode }) => errorCode },
    error_message: { name: translate('report.column.error-message'), cell: (row) => saidCell(row, view) },
    confirmation: {
      name: translate('report.column.confirmation'),
      cell: ({ confirmation }) =>
        confirmation === null ? null : translate(`report.confirmation.${confirmation}`),
    },
  };
}

function reasonOf({ status, reason }: ReportRow, { translate }: SheetView): Cell {
  return reason === null || reason === '' ? null : (reasonWords(translate, status, reason) ?? reason);
}
