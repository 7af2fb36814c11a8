import type { Translate } from '../core/problem.js';
import {
  REPORT_COLUMNS,
  type ReportColumn,
  type ReportRow,
  type ReportSource,
  type ReportStatus,
  type ReportSummary,
} from '../core/report-data.js';
import { ownZone } from '../markup/format.js';

/** When the person behind a row replied (epoch milliseconds), or null where no reply is known. */
export type Replies = (row: ReportRow) => number | null;

/** A value of a report row. An empty text and null mean the same: nothing is known. */
export type FieldValue = string | number | null;

/** Names of the fields and the values of a row, in one order. */
export interface ReportFields {
  readonly names: readonly string[];
  /** One value for each name: times in ISO 8601 (UTC), cells as they were read. */
  valuesOf(row: ReportRow): FieldValue[];
}

/** Names the values that `fixValues` repaired: behind everything else, so that no column changes its place. */
const REPAIRED_FIELD = 'repaired';

/**
 * The fields of a report: its own ones, `replied_at` where replies were asked for, then the recipients file's own
 * columns under their own names, and last `repaired` where `fixValues` repaired something.
 */
export function reportFields(
  source: Pick<ReportSource, 'columns' | 'hasRepaired'>,
  replies: Replies | null,
): ReportFields {
  const own = replies === null ? REPORT_COLUMNS : [...REPORT_COLUMNS, 'replied_at'];
  const last = source.hasRepaired === true ? [REPAIRED_FIELD] : [];
  const width = source.columns.length;
  const isoTime = isoTimes();
  return {
    names: [...own, ...inputNames([...own, ...last], source.columns), ...last],
    valuesOf(row) {
      const values = REPORT_COLUMNS.map((column) => OWN_VALUES[column](row, isoTime));
      if (replies !== null) values.push(isoTime(replies(row)));
      // A row with too many or too few cells still has to stand under the right names.
      for (let index = 0; index < width; index += 1) values.push(row.cells[index] ?? null);
      if (last.length > 0) values.push(row.repaired?.join(', ') ?? null);
      return values;
    },
  };
}

/**
 * Names for the recipients file's columns beside `taken` ones: their own where free, else `input_NAME`. Case does
 * not count, because spreadsheets and databases do not tell such names apart. A column that has its own name
 * keeps it, even if that name is `input_status`: then the one to be renamed gets another `input_` in front.
 */
export function inputNames(taken: readonly string[], columns: readonly string[]): string[] {
  const own = new Set(taken.map(folded));
  const used = new Set([...own, ...columns.map(folded)]);
  return columns.map((column) => {
    if (!own.has(folded(column))) return column;
    let name = `input_${column}`;
    while (used.has(folded(name))) name = `input_${name}`;
    used.add(folded(name));
    return name;
  });
}

function folded(name: string): string {
  return name.trim().toLowerCase();
}

/** What stands in each of the report's own columns; their order is that of `REPORT_COLUMNS`. */
const OWN_VALUES: Readonly<Record<ReportColumn, (row: ReportRow, isoTime: IsoTime) => FieldValue>> = {
  line: (row) => row.line,
  phone: (row) => row.phone,
  status: (row) => row.status,
  reason: (row) => row.reason,
  attempts: (row) => row.attempts,
  contact_id: (row) => row.contactId,
  first_attempt_at: (row, isoTime) => isoTime(row.firstAttemptAt),
  last_attempt_at: (row, isoTime) => isoTime(row.lastAttemptAt),
  http_status: (row) => row.httpStatus,
  error_code: (row) => row.errorCode,
  error_message: (row) => row.errorMessage,
  confirmation: (row) => row.confirmation,
};

type IsoTime = (moment: number | null) => string | null;

/**
 * Moments in ISO 8601 (UTC). `toISOString` takes a third of the time of a whole row, and neighbours mostly share
 * their second: that part is made once.
 */
function isoTimes(): IsoTime {
  let second = Number.NaN;
  let start = '';
  return (moment) => {
    if (moment === null) return null;
    const whole = Math.floor(moment / 1000);
    if (whole !== second) {
      second = whole;
      start = new Date(whole * 1000).toISOString().slice(0, -4);
    }
    return `${start}${String(Math.floor(moment - whole * 1000)).padStart(3, '0')}Z`;
  };
}

/** The zone in which a report shows times: the campaign's, else this machine's. */
export function zoneOf({ timeZone }: Pick<ReportSummary, 'timeZone'>): string {
  return timeZone ?? ownZone();
}

/** A reason in the reader's words; null: no sentence knows it. The ledger's summary names the status where there is no reason. */
export function reasonWords(translate: Translate, status: ReportStatus, reason: string): string | null {
  const code = `report.reason.${reason}` as const;
  if (translate.knows(code)) return translate(code);
  return reason === '' || reason === status ? translate(`report.status.${status}`) : null;
}

/** Rows that repeat a person: they are skipped, and no people. */
export function repeatedIn({ reasons }: Pick<ReportSummary, 'reasons'>): number {
  const repeated = reasons.filter(({ status, reason }) => status === 'skipped' && reason === 'duplicate');
  return repeated.reduce((sum, { count }) => sum + count, 0);
}
