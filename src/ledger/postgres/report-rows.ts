import type { ReportRow, ReportStatus } from '../../core/report-data.js';
import { type Page, type Position, reportRowsOf, reportSources, type StoredRow } from '../sql/report-rows.js';
import type { Sql } from './database.js';

const SOURCES = reportSources(
  `to_char(to_timestamp(d.due_at / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
);

/** Every row of a campaign's file in order of line, with what became of it, page by page. */
export function reportRows(
  sql: Sql,
  campaignId: number,
  statuses: readonly ReportStatus[] | null,
): AsyncGenerator<readonly ReportRow[]> {
  const pages = SOURCES.map((text) =>
    ahead(({ line, id }) => sql.lists<StoredRow>(text, { campaignId, line, id })),
  );
  return reportRowsOf(pages, statuses);
}

/** Asks for the next page while the one before is worked at. */
function ahead(page: (after: Position) => Promise<readonly StoredRow[]>): Page {
  let asked: Promise<readonly StoredRow[]> | null = null;
  return async (after) => {
    const rows = await (asked ?? page(after));
    const [id, line] = rows.at(-1) ?? [];
    asked = id === undefined || line === undefined ? null : page({ line, id });
    // Whoever takes the page hears of an error; nobody does where the rest is not wanted.
    asked?.catch(() => undefined);
    return rows;
  };
}
