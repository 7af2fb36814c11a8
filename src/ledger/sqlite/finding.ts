import type {
  DeliveryFilter,
  Finding,
  FoundDelivery,
  FoundDuplicate,
  FoundPage,
  IndexedPhone,
  PageAsked,
  PageEnd,
} from '../../core/ledger/finding.js';
import { isFingerprint } from './fingerprint.js';
import { foundMessage } from './found-message.js';
import { FOUND_SQL, foundOf, type StoredDelivery } from './found-row.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';
import { personHistory } from './person-history.js';
import { rejectionsPage } from './plan-facts.js';

/** Works with the database behind a ledger. */
type Ask = <T>(work: (db: LedgerDatabase) => T) => Promise<T>;

/** Looks for people and rows of a ledger. */
export function findingIn(ask: Ask): Finding {
  return {
    deliveries: (campaignId, filter, page) => ask((db) => filtered(db, campaignId, filter, page)),
    deliveriesOf: (ids) => ask((db) => deliveriesOf(db, ids)),
    ofPerson: (campaignId, person) => ask((db) => ofPerson(db, campaignId, person)),
    phones: (campaignId, page) => ask((db) => phonesPage(db, campaignId, page)),
    phonesStamp: (campaignId) => ask((db) => phonesStamp(db, campaignId)),
    rejections: (campaignId, reason, page) => ask((db) => rejectionsPage(db, campaignId, reason, page)),
    duplicates: (campaignId, page) => ask((db) => duplicatesPage(db, campaignId, page)),
    message: (campaignId, choice) => ask((db) => foundMessage(db, campaignId, choice)),
    history: (person) => ask((db) => personHistory(db, person)),
  };
}

const START: PageEnd = [-1, -1];
/** Rows that are looked at for one page, where no index tells which of them fit. */
const WINDOW_ROWS = 20_000;

/** In which order rows come, so that an index finds them: by what it is kept, and what a page goes on after. */
interface Order {
  readonly from: string;
  readonly where: string;
  readonly by: readonly [string, string];
}

/** A few stand in an index of their own; for the others their neighbours in the file are looked through. */
function orderOf({ status, confirmation }: DeliveryFilter): Order | null {
  const own = { from: 'deliveries d', by: ['d.id', 'd.id'] } as const;
  if (confirmation !== null)
    return { ...own, where: 'd.campaign_id = @campaignId AND d.confirmation = @confirmation' };
  if (status === 'pending')
    return {
      ...own,
      by: ['d.due_at', 'd.id'],
      where: "d.campaign_id = @campaignId AND d.status = 'pending'",
    };
  if (status === 'sending') {
    return {
      ...own,
      from: `runs r JOIN attempts a ON a.id > r.after_attempt_id AND a.run_id = r.id AND a.outcome = 'in-flight'
        JOIN deliveries d ON d.id = a.delivery_id`,
      where: 'r.campaign_id = @campaignId AND r.ended_at IS NULL',
    };
  }
  if (status === null || status === 'accepted') return null;
  return { ...own, where: `d.campaign_id = @campaignId AND d.status = '${status}'` };
}

function filtered(
  db: LedgerDatabase,
  campaignId: number,
  filter: DeliveryFilter,
  { after, most }: PageAsked,
): FoundPage<FoundDelivery> {
  const [first, second] = after ?? START;
  const fits = [
    ...(filter.status === null ? [] : ['status = @status']),
    ...(filter.reason === null ? [] : ['reason = @reason']),
    ...(filter.confirmation === null ? [] : ['confirmation = @confirmation']),
  ];
  const named = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null));
  const asked = { ...named, campaignId, first, second, most };
  const order = orderOf(filter);
  if (order === null) return inTheFile(db, fits, asked);
  const [one, other] = order.by;
  const key = one === other ? `${one} > @first` : `(${one}, ${other}) > (@first, @second)`;
  const where = [order.where, key, ...fits.map((fit) => `d.${fit}`)].join(' AND ');
  const rows = prepared(
    db,
    `SELECT ${FOUND_SQL} FROM ${order.from} WHERE ${where} ORDER BY ${one === other ? one : order.by.join(', ')} LIMIT @most`,
  ).all(asked) as StoredDelivery[];
  const last = rows.length < most ? undefined : rows.at(-1);
  const next = last === undefined ? null : ([one === other ? last.id : last.due_at, last.id] as const);
  return { rows: rows.map(foundOf), next };
}

/** Some rows of the file, and those of them that fit. */
function inTheFile(
  db: LedgerDatabase,
  fits: readonly string[],
  asked: {
    readonly campaignId: number;
    readonly first: number;
    readonly second: number;
    readonly most: number;
  },
): FoundPage<FoundDelivery> {
  const window = fits.length === 0 ? asked.most : WINDOW_ROWS;
  const place = { campaignId: asked.campaignId, first: asked.first, second: asked.second };
  const end = prepared(
    db,
    `SELECT line, id FROM deliveries WHERE campaign_id = @campaignId AND (line, id) > (@first, @second)
     ORDER BY line, id LIMIT 1 OFFSET ${window - 1}`,
  ).get(place) as { line: number; id: number } | undefined;
  const until = end === undefined ? '' : 'AND (d.line, d.id) <= (@lastLine, @lastId)';
  const rows = prepared(
    db,
    `SELECT ${FOUND_SQL} FROM deliveries d
     WHERE d.campaign_id = @campaignId AND (d.line, d.id) > (@first, @second) ${until}
       ${fits.map((fit) => `AND d.${fit}`).join(' ')} ORDER BY d.line, d.id LIMIT @most`,
  ).all({
    ...asked,
    ...(end === undefined ? {} : { lastLine: end.line, lastId: end.id }),
  }) as StoredDelivery[];
  const last = rows.length < asked.most ? undefined : rows.at(-1);
  if (last !== undefined) return { rows: rows.map(foundOf), next: [last.line, last.id] };
  return { rows: rows.map(foundOf), next: end === undefined ? null : [end.line, end.id] };
}

function deliveriesOf(db: LedgerDatabase, ids: readonly number[]): readonly FoundDelivery[] {
  const one = prepared(db, `SELECT ${FOUND_SQL} FROM deliveries d WHERE d.id = @id`);
  const rows = ids.map((id) => one.get({ id }) as StoredDelivery | undefined);
  return rows.flatMap((row) => (row === undefined ? [] : [foundOf(row)]));
}

function ofPerson(db: LedgerDatabase, campaignId: number, person: string): readonly FoundDelivery[] {
  const rows = prepared(
    db,
    `SELECT ${FOUND_SQL} FROM deliveries d WHERE d.person = @person AND d.campaign_id = @campaignId ORDER BY d.key`,
  ).all({ person, campaignId });
  return (rows as StoredDelivery[]).map(foundOf);
}

function phonesPage(
  db: LedgerDatabase,
  campaignId: number,
  { after, most }: PageAsked,
): FoundPage<IndexedPhone> {
  const [line, id] = after ?? START;
  const rows = db
    .prepare(
      `SELECT line, id, person FROM deliveries
       WHERE campaign_id = @campaignId AND (line, id) > (@line, @id) ORDER BY line, id LIMIT @most`,
    )
    .raw()
    .all({ campaignId, line, id, most }) as IndexedPhone[];
  const last = rows.length < most ? undefined : rows.at(-1);
  return {
    rows: rows.filter(([, , person]) => !isFingerprint(person)),
    next: last === undefined ? null : [last[0], last[1]],
  };
}

function phonesStamp(db: LedgerDatabase, campaignId: number): string {
  const { file, forgotten } = prepared(
    db,
    `SELECT (SELECT coalesce(max(id), 0) FROM imports WHERE campaign_id = @campaignId) AS file,
       (SELECT coalesce(max(forgotten_at), 0) FROM forgotten) AS forgotten`,
  ).get({ campaignId }) as { file: number; forgotten: number };
  return `${file} ${forgotten}`;
}

function duplicatesPage(
  db: LedgerDatabase,
  campaignId: number,
  { after, most }: PageAsked,
): FoundPage<FoundDuplicate> {
  const [line, id] = after ?? START;
  const rows = prepared(
    db,
    `SELECT id, line, first_line AS "firstLine", phone FROM duplicates
     WHERE campaign_id = @campaignId AND (line, id) > (@line, @id) ORDER BY line, id LIMIT @most`,
  ).all({ campaignId, line, id, most }) as (FoundDuplicate & { id: number })[];
  const last = rows.length < most ? undefined : rows.at(-1);
  return {
    rows: rows.map(({ id: _, ...row }) => ({ ...row, phone: isFingerprint(row.phone) ? '' : row.phone })),
    next: last === undefined ? null : [last.line, last.id],
  };
}
