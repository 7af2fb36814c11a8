import type { ReportSummary } from '../core/report-data.js';

/** The zone in which a report shows times: the campaign's, else this machine's. */
export function zoneOf({ timeZone }: Pick<ReportSummary, 'timeZone'>): string {
  return timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
