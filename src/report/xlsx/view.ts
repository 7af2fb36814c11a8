import type { Translate } from '../../core/problem.js';
import type { ReportStatus, ReportSummary } from '../../core/report-data.js';
import type { Moment } from '../../xlsx/sheet.js';

/** What both sheets of the report are made from. */
export interface SheetView {
  readonly summary: ReportSummary;
  /** The statuses that were asked for; null: all. */
  readonly statuses: readonly ReportStatus[] | null;
  readonly translate: Translate;
  /** IANA name of the zone in which moments are shown. */
  readonly timeZone: string;
  /** The same in the reader's words, such as `Peru Standard Time (GMT-5)`. */
  readonly zoneName: string;
  moment(at: number | null): Moment | null;
}

/** Name of a sheet: its tab tells, too, that nothing of it is real. */
export function sheetName(
  { summary, translate }: Pick<SheetView, 'summary' | 'translate'>,
  code: 'report.sheet.deliveries' | 'report.sheet.summary',
): string {
  return summary.isSandbox === true ? `${translate(code)} SANDBOX` : translate(code);
}
