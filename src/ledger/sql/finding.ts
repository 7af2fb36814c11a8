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
import type { Dialect } from './dialect.js';
import { isFingerprint } from './fingerprint.js';
import { foundMessage } from './found-message.js';
import { FOUND_SQL, foundOf, type StoredDelivery } from './found-row.js';
import { personHistory } from './person-history.js';
import { rejectionsPage } from './plan-facts.js';
import { lists, oneRow, row, rows, type Steps, type Store } from './steps.js';

/** Looks for people and rows of a ledger. */
export function findingIn(store: Store): Finding {
  return {
    deliveries: (campaignId, filter, page) => store.each(filtered(campaignId, filter, page)),
    deliveriesOf: (ids) => store.each(deliveriesOf(store.dialect, ids)),
    ofPerson: async (campaignId, person) =>
      (await store.each(rows<StoredDelivery>(OF_PERSON, { person, campaignId }))).map(foundOf),
    phones: async (campaignId, page) =>
      phonesOf(await store.each(lists<IndexedPhone>(PHONES_PAGE, byLine(campaignId, page))), page.most),
    phonesStamp: async (campaignId) =>
      stampOf(await store.each(oneRow<StoredStamp>(PHONES_STAMP, { campaignId }))),
    rejections: (campaignId, reason, page) => store.each(rejectionsPage(campaignId, reason, page)),
    duplicates: async (campaignId, page) =>
      duplicatesOf(
        await store.each(rows<StoredDuplicate>(DUPLICATES_PAGE, byLine(campaignId, page))),
        page.most,
      ),
    message: (campaignId, choice) => store.each(foundMessage(campaignId, choice)),
    history: (person) => store.each(personHistory(person)),
  };
}

function* filtered(
  campaignId: number,
  filter: DeliveryFilter,
  asked: PageAsked,
): Steps<FoundPage<FoundDelivery>> {
  const page = deliveriesPage(campaignId, filter, asked);
  const read =
    page.kind === 'indexed' ? page : page.page(yield* row<WindowEnd>(page.window, page.windowParams));
  return read.found(yield* rows<StoredDelivery>(read.text, read.params));
}

/** In the order of the ids; of one that is not there, nothing. */
function* deliveriesOf({ numbers }: Dialect, ids: readonly number[]): Steps<readonly FoundDelivery[]> {
  const text = `SELECT ${FOUND_SQL} FROM ${numbers('ids')} CROSS JOIN deliveries d WHERE d.id = wanted.value`;
  const found = new Map((yield* rows<StoredDelivery>(text, { ids })).map((one) => [one.id, foundOf(one)]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

const START: PageEnd = [-1, -1];
/** Rows that are looked at for one page, where no index tells which of them fit. */
const WINDOW_ROWS = 20_000;

/** What fills the statement of a page. */
interface PageParams extends Readonly<Record<string, string | number>> {
  readonly campaignId: number;
  readonly first: number;
  readonly second: number;
  readonly most: number;
}

/** How the deliveries that fit a filter are read, page by page. */
type DeliveriesPage =
  /** An index finds them. */
  | {
      readonly kind: 'indexed';
      readonly text: string;
      readonly params: PageParams;
      readonly found: (rows: readonly StoredDelivery[]) => FoundPage<FoundDelivery>;
    }
  /** Their neighbours in the file are looked through: up to which one, `window` tells first. */
  | {
      readonly kind: 'windowed';
      readonly window: string;
      readonly windowParams: Omit<PageParams, 'most'>;
      readonly page: (end: WindowEnd | undefined) => WindowedPage;
    };

/** The last row of a window; where there is none, it reaches to the end of the file. */
interface WindowEnd {
  readonly line: number;
  readonly id: number;
}

/** A statement that reads one window. */
interface WindowedPage {
  readonly text: string;
  readonly params: PageParams;
  readonly found: (rows: readonly StoredDelivery[]) => FoundPage<FoundDelivery>;
}

/** The page of deliveries that is asked for. */
function deliveriesPage(
  campaignId: number,
  filter: DeliveryFilter,
  { after, most }: PageAsked,
): DeliveriesPage {
  const [first, second] = after ?? START;
  const fits = Object.entries(filter).flatMap(([name, value]) => (value === null ? [] : [name]));
  const named = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null));
  const params = { ...(named as Record<string, string>), campaignId, first, second, most };
  const order = orderOf(filter);
  return order === null ? windowed(fits, params) : indexed(order, fits, params);
}

/** In which order rows come, so that an index finds them: by what it is kept, and what a page goes on after. */
interface Order {
  readonly from: string;
  readonly where: string;
  readonly isByDue: boolean;
}

/** A few stand in an index of their own; for the others there is none. */
function orderOf({ status, confirmation }: DeliveryFilter): Order | null {
  const own = { from: 'deliveries d', isByDue: false };
  if (confirmation !== null)
    return { ...own, where: 'd.campaign_id = @campaignId AND d.confirmation = @confirmation' };
  if (status === 'pending')
    return { ...own, isByDue: true, where: "d.campaign_id = @campaignId AND d.status = 'pending'" };
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

function indexed(
  { from, where, isByDue }: Order,
  fits: readonly string[],
  params: PageParams,
): DeliveriesPage {
  const key = isByDue ? '(d.due_at, d.id) > (@first, @second)' : 'd.id > @first';
  const conditions = [where, key, ...fits.map(fitting)].join(' AND ');
  const text = `SELECT ${FOUND_SQL} FROM ${from} WHERE ${conditions} ORDER BY ${isByDue ? 'd.due_at, d.id' : 'd.id'} LIMIT @most`;
  const end = ({ id, due_at: dueAt }: StoredDelivery): PageEnd => [isByDue ? dueAt : id, id];
  return { kind: 'indexed', text, params, found: (rows) => pageOf(rows, params.most, end, foundOf) };
}

function windowed(fits: readonly string[], params: PageParams): DeliveriesPage {
  const size = fits.length === 0 ? params.most : WINDOW_ROWS;
  const { campaignId, first, second } = params;
  return {
    kind: 'windowed',
    window: `SELECT line, id FROM deliveries WHERE campaign_id = @campaignId AND (line, id) > (@first, @second)
      ORDER BY line, id LIMIT 1 OFFSET ${size - 1}`,
    windowParams: { campaignId, first, second },
    page: (end) => inWindow(end, fits, params),
  };
}

function inWindow(end: WindowEnd | undefined, fits: readonly string[], params: PageParams): WindowedPage {
  const until = end === undefined ? [] : ['(d.line, d.id) <= (@lastLine, @lastId)'];
  const behind = ['d.campaign_id = @campaignId', '(d.line, d.id) > (@first, @second)'];
  const conditions = [...behind, ...until, ...fits.map(fitting)].join(' AND ');
  const toEnd: PageEnd | null = end === undefined ? null : [end.line, end.id];
  return {
    text: `SELECT ${FOUND_SQL} FROM deliveries d WHERE ${conditions} ORDER BY d.line, d.id LIMIT @most`,
    params: { ...params, ...(end === undefined ? {} : { lastLine: end.line, lastId: end.id }) },
    found: (rows) => {
      const page = pageOf(rows, params.most, ({ line, id }) => [line, id], foundOf);
      return page.next === null ? { ...page, next: toEnd } : page;
    },
  };
}

function fitting(column: string): string {
  return `d.${column} = @${column}`;
}

function pageOf<Row, T>(
  rows: readonly Row[],
  most: number,
  endOf: (row: Row) => PageEnd,
  shown: (row: Row) => T,
): FoundPage<T> {
  const last = rows.length < most ? undefined : rows.at(-1);
  return { rows: rows.map(shown), next: last === undefined ? null : endOf(last) };
}

/** What fills a page in order of line. */
function byLine(campaignId: number, { after, most }: PageAsked) {
  const [line, id] = after ?? START;
  return { campaignId, line, id, most };
}

/** Those of one person in a campaign. */
const OF_PERSON = `
  SELECT ${FOUND_SQL} FROM deliveries d WHERE d.person = @person AND d.campaign_id = @campaignId ORDER BY d.key`;

/** A page of phones in order of line. */
const PHONES_PAGE = `
  SELECT line, id, person FROM deliveries
  WHERE campaign_id = @campaignId AND (line, id) > (@line, @id) ORDER BY line, id LIMIT @most`;

/** As whoever keeps an index of them gets it. */
function phonesOf(rows: readonly IndexedPhone[], most: number): FoundPage<IndexedPhone> {
  const { next } = pageOf(
    rows,
    most,
    ([line, id]) => [line, id],
    (row) => row,
  );
  return { rows: rows.filter(([, , person]) => !isFingerprint(person)), next };
}

/** What changes with every import and with everybody who is forgotten, in whatever order they are committed. */
const PHONES_STAMP = `
  SELECT (SELECT coalesce(max(id), 0) FROM imports WHERE campaign_id = @campaignId) AS file, count(*) AS people,
    coalesce(max(forgotten_at), 0) AS "lastAt" FROM forgotten`;

/** A row of it. */
interface StoredStamp {
  readonly file: number;
  readonly people: number;
  readonly lastAt: number;
}

/** As one text. */
function stampOf({ file, people, lastAt }: StoredStamp): string {
  return `${file} ${people} ${lastAt}`;
}

/** A page of the rows that repeat a person, in order of line. */
const DUPLICATES_PAGE = `
  SELECT id, line, first_line AS "firstLine", phone FROM duplicates
  WHERE campaign_id = @campaignId AND (line, id) > (@line, @id) ORDER BY line, id LIMIT @most`;

/** A row of it. */
type StoredDuplicate = FoundDuplicate & { readonly id: number };

/** As whoever looks for them gets it. */
function duplicatesOf(rows: readonly StoredDuplicate[], most: number): FoundPage<FoundDuplicate> {
  return pageOf(
    rows,
    most,
    ({ line, id }) => [line, id],
    ({ id: _, ...row }) => ({ ...row, phone: isFingerprint(row.phone) ? '' : row.phone }),
  );
}
