import type { FoundPage, PageAsked, PageEnd } from '../../core/ledger/finding.js';
import {
  type PlanFacts,
  type PlannedMessage,
  type PlannedRejection,
  SHOWN_MESSAGES,
  SHOWN_REJECTIONS,
} from '../../core/plan.js';
import type { Attachment, Rejection, Variable } from '../../core/recipient.js';
import { countDeliveries } from './counts.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';
import { countRepaired } from './repaired-rows.js';

/** What a campaign would do now, read from the ledger after its import. */
export function planFacts(
  db: LedgerDatabase,
  campaignId: number,
): Omit<PlanFacts, 'notices' | 'changedAfterAccepted' | 'readAs'> {
  const counts = countDeliveries(db, campaignId);
  return {
    counts,
    skippedByReason: skippedByReason(db, campaignId),
    gone: tally(db, GONE, campaignId),
    rejectedByReason: tally(
      db,
      'SELECT reason AS key, count(*) AS count FROM rejections WHERE campaign_id = ? GROUP BY 1',
      campaignId,
    ),
    rejections: (
      db
        .prepare(
          `SELECT line, row_number AS row, phone, reason, column_name AS "column", value FROM rejections
           WHERE campaign_id = ? ORDER BY line LIMIT ${SHOWN_REJECTIONS}`,
        )
        .all(campaignId) as StoredPlace<PlannedRejection>[]
    ).map(placed),
    messages: firstMessages(db, campaignId),
    countries: tally(
      db,
      "SELECT country AS key, count(*) AS count FROM deliveries WHERE campaign_id = ? AND status = 'pending' GROUP BY 1",
      campaignId,
    ),
    repaired: countRepaired(db, campaignId),
  };
}

/** Nobody is gone before the second import: most campaigns are not looked through. */
const GONE = `
  SELECT iif(d.status = 'skipped', coalesce(d.reason, d.status), d.status) AS key, count(*) AS count
  FROM (SELECT campaign_id, max(id) AS last FROM imports WHERE campaign_id = ? GROUP BY 1 HAVING count(*) > 1) AS file
  CROSS JOIN deliveries d ON d.campaign_id = file.campaign_id AND d.import_id <> file.last GROUP BY 1`;

/** Skipped rows by reason, duplicates among them. */
export function skippedByReason(db: LedgerDatabase, campaignId: number): Readonly<Record<string, number>> {
  const duplicates = db
    .prepare('SELECT count(*) FROM duplicates WHERE campaign_id = ?')
    .pluck()
    .get(campaignId);
  const skipped = tally(
    db,
    "SELECT coalesce(reason, 'skipped') AS key, count(*) AS count FROM deliveries WHERE campaign_id = ? AND status = 'skipped' GROUP BY 1",
    campaignId,
  );
  return Number(duplicates) === 0 ? skipped : { duplicate: Number(duplicates), ...skipped };
}

function tally(db: LedgerDatabase, sql: string, campaignId: number): Record<string, number> {
  const rows = db.prepare(sql).all(campaignId) as { key: string; count: number }[];
  return Object.fromEntries(rows.map(({ key, count }) => [key, count]));
}

function firstMessages(db: LedgerDatabase, campaignId: number): readonly PlannedMessage[] {
  return db
    .prepare(
      `${MESSAGES_SQL}
       WHERE d.campaign_id = ? AND d.status = 'pending' ORDER BY d.due_at, d.id LIMIT ${SHOWN_MESSAGES}`,
    )
    .all(campaignId)
    .map((row) => messageOf(row as StoredMessage));
}

/** The message of the first row of a campaign, whatever became of it; erased ones left out. */
export function firstMessage(db: LedgerDatabase, campaignId: number): PlannedMessage | null {
  const row = db
    .prepare(`${MESSAGES_SQL} WHERE d.campaign_id = ? AND c.cells <> '[]' ORDER BY d.line, d.id LIMIT 1`)
    .get(campaignId);
  return row === undefined ? null : messageOf(row as StoredMessage);
}

/** What a message is made of. */
export const MESSAGES_COLUMNS = 'd.line, d.phone, c.body, c.header, c.attachment';
const MESSAGES_SQL = `SELECT ${MESSAGES_COLUMNS} FROM deliveries d JOIN contents c ON c.delivery_id = d.id`;

/** As the ledger has it. */
export interface StoredMessage {
  readonly line: number;
  readonly phone: string;
  readonly body: string;
  readonly header: string;
  readonly attachment: string | null;
}

/** As the rest of the program knows it. */
export function messageOf({ line, phone, body, header, attachment }: StoredMessage): PlannedMessage {
  return {
    line,
    phone,
    body: JSON.parse(body) as Variable[],
    header: JSON.parse(header) as Variable[],
    attachment: attachment === null ? null : (JSON.parse(attachment) as Attachment),
  };
}

/** A rejection as the ledger has it: null where the row is the line. */
type StoredPlace<T extends { row?: number }> = Omit<T, 'row'> & { readonly row: number | null };

function placed<T extends { readonly row: number | null }>({
  row,
  ...rest
}: T): Omit<T, 'row'> & { readonly row?: number } {
  return row === null ? rest : { ...rest, row };
}

/** The rejected rows of a campaign's last import in order of line, page by page. */
export function* storedRejections(db: LedgerDatabase, campaignId: number): Generator<Rejection> {
  let after: PageEnd | null = null;
  do {
    const page: FoundPage<Rejection> = rejectionsPage(db, campaignId, null, { after, most: 1000 });
    yield* page.rows;
    after = page.next;
  } while (after !== null);
}

/** One page of them; `reason` null: whichever. */
export function rejectionsPage(
  db: LedgerDatabase,
  campaignId: number,
  reason: string | null,
  { after, most }: PageAsked,
): FoundPage<Rejection> {
  const [line, id] = after ?? [-1, -1];
  const page = prepared(
    db,
    `SELECT id, line, row_number AS row, phone, reason, column_name AS "column", value, cells FROM rejections
     WHERE campaign_id = @campaignId AND (line, id) > (@line, @id) ${reason === null ? '' : 'AND reason = @reason'}
     ORDER BY line, id LIMIT @most`,
  );
  const asked = { campaignId, line, id, most, ...(reason === null ? {} : { reason }) };
  const rows = page.all(asked) as (StoredPlace<Omit<Rejection, 'cells'>> & { id: number; cells: string })[];
  const last = rows.length < most ? undefined : rows.at(-1);
  return {
    rows: rows.map(({ id: _, cells, ...row }) => ({ ...placed(row), cells: JSON.parse(cells) as string[] })),
    next: last === undefined ? null : [last.line, last.id],
  };
}
