import type { Translate } from '../core/problem.js';
import type { ReportSource, ReportStatus } from '../core/report-data.js';
import type { Zones } from '../core/schedule.js';
import type { Language } from '../locales/index.js';
import { formatFor } from '../markup/format.js';
import { workbookBytes } from '../xlsx/workbook.js';
import { type Replies, zoneOf } from './fields.js';
import { deliveriesSheet } from './xlsx/deliveries.js';
import { localMoments } from './xlsx/local-moments.js';
import { summarySheet } from './xlsx/summary.js';

/** How an Excel report is written. */
export interface XlsxOptions {
  /** Only rows with one of these statuses; null: all. The summary always speaks of the whole campaign. */
  readonly statuses: readonly ReportStatus[] | null;
  /** Adds the column about replies. */
  readonly replies?: Replies;
  readonly offsetMsAt: Zones['offsetMsAt'];
}

/**
 * The report as an Excel file for people, in pieces, with flat memory: every row, and a summary. Headers and statuses are
 * in the reader's language, times are dates in the campaign's zone or this machine's, phones are texts. No cell is a formula.
 *
 * @param language language of `translate`, for the name of the zone
 */
export async function* xlsxReport(
  source: ReportSource,
  translate: Translate,
  language: Language,
  { statuses, replies, offsetMsAt }: XlsxOptions,
): AsyncGenerator<Uint8Array> {
  const summary = await source.summary();
  const timeZone = zoneOf(summary);
  const view = {
    summary,
    statuses,
    translate,
    timeZone,
    zoneName: formatFor(language, timeZone).zone(summary.generatedAt),
    moment: localMoments(timeZone, offsetMsAt),
  };
  yield* workbookBytes([deliveriesSheet(source, view, replies ?? null), summarySheet(view)]);
}
