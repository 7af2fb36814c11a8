import type { FoundPage, PageAsked } from '../../core/ledger/finding.js';
import { KEPT_ROWS, type PlannedMessage, SHOWN_MESSAGES } from '../../core/plan.js';
import type { Attachment, Rejection, Variable } from '../../core/recipient.js';

/** How many rows of a key there are. */
export interface Tally {
  readonly key: string;
  readonly count: number;
}

/** Tallies as the port gives them. */
export function tallied(rows: readonly Tally[]): Record<string, number> {
  return Object.fromEntries(rows.map(({ key, count }) => [key, count]));
}

/** Rejected rows by reason. */
export const REJECTED_BY_REASON =
  'SELECT reason AS key, count(*) AS count FROM rejections WHERE campaign_id = @campaignId GROUP BY 1';

/** Pending people by country. */
export const PENDING_BY_COUNTRY = `
  SELECT country AS key, count(*) AS count FROM deliveries
  WHERE campaign_id = @campaignId AND status = 'pending' GROUP BY 1`;

/** Skipped rows by reason, duplicates first where there are any. */
export const SKIPPED_BY_REASON = `
  SELECT 'duplicate' AS key, count(*) AS count FROM duplicates WHERE campaign_id = @campaignId HAVING count(*) > 0
  UNION ALL SELECT coalesce(reason, 'skipped'), count(*) FROM deliveries
    WHERE campaign_id = @campaignId AND status = 'skipped' GROUP BY 1`;

/**
 * Deliveries whose row is gone from the file, by what became of them. Nobody is gone before the second import: most
 * campaigns are not looked through.
 *
 * @param join how the file's rows are joined: SQLite keeps the order of a CROSS JOIN
 */
export function goneBy(join: 'CROSS JOIN' | 'JOIN'): string {
  return `
    SELECT CASE WHEN d.status = 'skipped' THEN coalesce(d.reason, d.status) ELSE d.status END AS key, count(*) AS count
    FROM (SELECT campaign_id, max(id) AS last FROM imports WHERE campaign_id = @campaignId
      GROUP BY 1 HAVING count(*) > 1) AS file
    ${join} deliveries d ON d.campaign_id = file.campaign_id AND d.import_id <> file.last GROUP BY 1`;
}

/** The first rejected rows. */
export const FIRST_REJECTIONS = `
  SELECT line, row_number AS "row", phone, reason, column_name AS "column", value FROM rejections
  WHERE campaign_id = @campaignId ORDER BY line LIMIT ${KEPT_ROWS}`;

/** The first rows with a person from earlier in the file. */
export const FIRST_DUPLICATES = `
  SELECT line, first_line AS "firstLine" FROM duplicates
  WHERE campaign_id = @campaignId ORDER BY line LIMIT ${KEPT_ROWS}`;

/** A page of the rejected rows in order of line, after a line and id; `reason` null: whichever. */
export function rejectionsPageOf(reason: string | null): string {
  return `
    SELECT id, line, row_number AS "row", phone, reason, column_name AS "column", value, cells FROM rejections
    WHERE campaign_id = @campaignId AND (line, id) > (@line, @id) ${reason === null ? '' : 'AND reason = @reason'}
    ORDER BY line, id LIMIT @most`;
}

/** A rejection as the ledger has it: null where the row is the line. */
export type StoredPlace<T extends { row?: number }> = Omit<T, 'row'> & { readonly row: number | null };

/** A row of `rejectionsPageOf`. */
export type StoredRejection = StoredPlace<Omit<Rejection, 'cells'>> & {
  readonly id: number;
  readonly cells: string;
};

/** With the row where it is another number than the line. */
export function placed<T extends { readonly row: number | null }>({
  row,
  ...rest
}: T): Omit<T, 'row'> & { readonly row?: number } {
  return row === null ? rest : { ...rest, row };
}

function rejectionOf({ id: _, cells, ...row }: StoredRejection): Rejection {
  return { ...placed(row), cells: JSON.parse(cells) as string[] };
}

/** What fills it. */
export function rejectionsAsked(campaignId: number, reason: string | null, { after, most }: PageAsked) {
  const [line, id] = after ?? [-1, -1];
  return { campaignId, line, id, most, ...(reason === null ? {} : { reason }) };
}

/** The page as the port gives it. */
export function rejectionsFound(rows: readonly StoredRejection[], most: number): FoundPage<Rejection> {
  const last = rows.length < most ? undefined : rows.at(-1);
  return { rows: rows.map(rejectionOf), next: last === undefined ? null : [last.line, last.id] };
}

/** What a message is made of. */
export const MESSAGES_COLUMNS = 'd.line, d.phone, c.body, c.header, c.attachment';

const MESSAGES = `
  SELECT ${MESSAGES_COLUMNS} FROM deliveries d JOIN contents c ON c.delivery_id = d.id`;

/** The messages that are due first. */
export const FIRST_MESSAGES = `${MESSAGES}
  WHERE d.campaign_id = @campaignId AND d.status = 'pending' ORDER BY d.due_at, d.id LIMIT ${SHOWN_MESSAGES}`;

/** The message of the first row, whatever became of it; erased ones left out. */
export const FIRST_MESSAGE = `${MESSAGES}
  WHERE d.campaign_id = @campaignId AND c.cells <> '[]' ORDER BY d.line, d.id LIMIT 1`;

/** A message as the ledger has it. */
export interface StoredMessage {
  readonly line: number;
  readonly phone: string;
  readonly body: string;
  readonly header: string;
  readonly attachment: string | null;
}

/** A stored message as the port gives it. */
export function messageOf({ line, phone, body, header, attachment }: StoredMessage): PlannedMessage {
  return {
    line,
    phone,
    body: JSON.parse(body) as Variable[],
    header: JSON.parse(header) as Variable[],
    attachment: attachment === null ? null : (JSON.parse(attachment) as Attachment),
  };
}
