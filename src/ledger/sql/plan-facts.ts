import type { FoundPage, PageAsked, PageEnd } from '../../core/ledger/finding.js';
import {
  KEPT_ROWS,
  type PlanFacts,
  type PlannedDuplicate,
  type PlannedMessage,
  type PlannedRejection,
  SHOWN_MESSAGES,
} from '../../core/plan.js';
import type { Attachment, Rejection, Variable } from '../../core/recipient.js';
import { countDeliveries } from './counts.js';
import type { Dialect } from './dialect.js';
import { countRepaired } from './repaired-rows.js';
import { row, rows, type Steps, type Store } from './steps.js';

/** What a campaign would do now, read from the ledger after its import. */
export function* planFacts(
  dialect: Dialect,
  campaignId: number,
): Steps<Omit<PlanFacts, 'notices' | 'changedAfterAccepted' | 'readAs'>> {
  const all = <Row>(text: string) => rows<Row>(text, { campaignId });
  return {
    counts: yield* countDeliveries(campaignId),
    skippedByReason: yield* skippedByReason(campaignId),
    gone: tallied(yield* all<Tally>(goneBy(dialect))),
    rejectedByReason: tallied(yield* all<Tally>(REJECTED_BY_REASON)),
    rejections: (yield* all<StoredPlace<PlannedRejection>>(FIRST_REJECTIONS)).map(placed),
    duplicates: yield* all<PlannedDuplicate>(FIRST_DUPLICATES),
    messages: (yield* all<StoredMessage>(FIRST_MESSAGES)).map(messageOf),
    countries: tallied(yield* all<Tally>(PENDING_BY_COUNTRY)),
    repaired: yield* countRepaired(dialect, campaignId),
  };
}

/** Skipped rows by reason, duplicates among them. */
export function* skippedByReason(campaignId: number): Steps<Readonly<Record<string, number>>> {
  return tallied(yield* rows<Tally>(SKIPPED_BY_REASON, { campaignId }));
}

/** The message of the first row of a campaign, whatever became of it; erased ones left out. */
export function* firstMessage(campaignId: number): Steps<PlannedMessage | null> {
  const found = yield* row<StoredMessage>(FIRST_MESSAGE, { campaignId });
  return found === undefined ? null : messageOf(found);
}

/** The rejected rows of a campaign's last import in order of line, page by page. */
export async function* storedRejections(store: Store, campaignId: number): AsyncGenerator<Rejection> {
  let after: PageEnd | null = null;
  do {
    const asked: PageAsked = { after, most: 1000 };
    const page: FoundPage<Rejection> = await store.each(rejectionsPage(campaignId, null, asked));
    yield* page.rows;
    after = page.next;
  } while (after !== null);
}

/** One page of them; `reason` null: whichever. */
export function* rejectionsPage(
  campaignId: number,
  reason: string | null,
  page: PageAsked,
): Steps<FoundPage<Rejection>> {
  const asked = rejectionsAsked(campaignId, reason, page);
  return rejectionsFound(yield* rows<StoredRejection>(rejectionsPageOf(reason), asked), page.most);
}

/** How many rows of a key there are. */
interface Tally {
  readonly key: string;
  readonly count: number;
}

/** Tallies as the port gives them. */
function tallied(rows: readonly Tally[]): Record<string, number> {
  return Object.fromEntries(rows.map(({ key, count }) => [key, count]));
}

/** Rejected rows by reason. */
const REJECTED_BY_REASON =
  'SELECT reason AS key, count(*) AS count FROM rejections WHERE campaign_id = @campaignId GROUP BY 1';

/** Pending people by country. */
const PENDING_BY_COUNTRY = `
  SELECT country AS key, count(*) AS count FROM deliveries
  WHERE campaign_id = @campaignId AND status = 'pending' GROUP BY 1`;

/** Skipped rows by reason, duplicates first where there are any. */
const SKIPPED_BY_REASON = `
  SELECT 'duplicate' AS key, count(*) AS count FROM duplicates WHERE campaign_id = @campaignId HAVING count(*) > 0
  UNION ALL SELECT coalesce(reason, 'skipped'), count(*) FROM deliveries
    WHERE campaign_id = @campaignId AND status = 'skipped' GROUP BY 1`;

/**
 * Deliveries whose row is gone from the file, by what became of them. Nobody is gone before the second import: most
 * campaigns are not looked through.
 */
function goneBy({ inOrder }: Dialect): string {
  return `
    SELECT CASE WHEN d.status = 'skipped' THEN coalesce(d.reason, d.status) ELSE d.status END AS key, count(*) AS count
    FROM (SELECT campaign_id, max(id) AS last FROM imports WHERE campaign_id = @campaignId
      GROUP BY 1 HAVING count(*) > 1) AS file
    ${inOrder} deliveries d ON d.campaign_id = file.campaign_id AND d.import_id <> file.last GROUP BY 1`;
}

/** The first rejected rows. */
const FIRST_REJECTIONS = `
  SELECT line, row_number AS "row", phone, reason, column_name AS "column", value FROM rejections
  WHERE campaign_id = @campaignId ORDER BY line LIMIT ${KEPT_ROWS}`;

/** The first rows with a person from earlier in the file. */
const FIRST_DUPLICATES = `
  SELECT line, first_line AS "firstLine" FROM duplicates
  WHERE campaign_id = @campaignId ORDER BY line LIMIT ${KEPT_ROWS}`;

/** A page of the rejected rows in order of line, after a line and id; `reason` null: whichever. */
function rejectionsPageOf(reason: string | null): string {
  return `
    SELECT id, line, row_number AS "row", phone, reason, column_name AS "column", value, cells FROM rejections
    WHERE campaign_id = @campaignId AND (line, id) > (@line, @id) ${reason === null ? '' : 'AND reason = @reason'}
    ORDER BY line, id LIMIT @most`;
}

/** A rejection as the ledger has it: null where the row is the line. */
type StoredPlace<T extends { row?: number }> = Omit<T, 'row'> & { readonly row: number | null };

/** A row of `rejectionsPageOf`. */
type StoredRejection = StoredPlace<Omit<Rejection, 'cells'>> & {
  readonly id: number;
  readonly cells: string;
};

/** With the row where it is another number than the line. */
function placed<T extends { readonly row: number | null }>({
  row,
  ...rest
}: T): Omit<T, 'row'> & { readonly row?: number } {
  return row === null ? rest : { ...rest, row };
}

function rejectionOf({ id: _, cells, ...row }: StoredRejection): Rejection {
  return { ...placed(row), cells: JSON.parse(cells) as string[] };
}

/** What fills it. */
function rejectionsAsked(campaignId: number, reason: string | null, { after, most }: PageAsked) {
  const [line, id] = after ?? [-1, -1];
  return { campaignId, line, id, most, ...(reason === null ? {} : { reason }) };
}

/** The page as the port gives it. */
function rejectionsFound(rows: readonly StoredRejection[], most: number): FoundPage<Rejection> {
  const last = rows.length < most ? undefined : rows.at(-1);
  return { rows: rows.map(rejectionOf), next: last === undefined ? null : [last.line, last.id] };
}

/** What a message is made of. */
export const MESSAGES_COLUMNS = 'd.line, d.phone, c.body, c.header, c.attachment';

const MESSAGES = `
  SELECT ${MESSAGES_COLUMNS} FROM deliveries d JOIN contents c ON c.delivery_id = d.id`;

/** The messages that are due first. */
const FIRST_MESSAGES = `${MESSAGES}
  WHERE d.campaign_id = @campaignId AND d.status = 'pending' ORDER BY d.due_at, d.id LIMIT ${SHOWN_MESSAGES}`;

/** The message of the first row, whatever became of it; erased ones left out. */
const FIRST_MESSAGE = `${MESSAGES}
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
