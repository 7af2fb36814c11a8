import type { ReportRow, ReportStatus } from '../../core/report-data.js';
import { type Page, reportRowsOf, reportSources, type StoredRow } from '../sql/report-rows.js';
import type { LedgerDatabase } from './open-ledger.js';

const SOURCES = reportSources("strftime('%Y-%m-%dT%H:%M:%fZ', d.due_at / 1000.0, 'unixepoch')");

/** Every row of a campaign's file in order of line, with what became of it, page by page. */
export function reportRows(
  db: LedgerDatabase,
  campaignId: number,
  statuses: readonly ReportStatus[] | null,
): AsyncGenerator<readonly ReportRow[]> {
  const pages = SOURCES.map((sql): Page => {
    const statement = db.prepare(sql).raw();
    return (after) => statement.all({ campaignId, ...after }) as StoredRow[];
  });
  return reportRowsOf(pages, statuses);
}
