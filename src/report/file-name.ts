/** The formats in which a report can be written. */
export type ReportFormat = 'csv' | 'xlsx' | 'json' | 'html';

/**
 * The default name of a report: `spring-sale-2026-report-2026-03-21.csv`.
 *
 * @param campaign name of the campaign; characters that a file name cannot hold become dashes
 * @param date the day of the report, `YYYY-MM-DD`
 */
export function reportFileName(campaign: string, date: string, format: ReportFormat): string {
  const safe = campaign.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/u, '');
  return `${safe === '' ? 'campaign' : safe.slice(0, 100)}-report-${date}.${format}`;
}
