import type {
  DeliveryFilter,
  Finding,
  FoundDelivery,
  FoundMessage,
  FoundPage,
  IndexedPhone,
  MessageChoice,
  PageAsked,
} from '../../core/ledger/finding.js';
import {
  byLine,
  DUPLICATES_PAGE,
  deliveriesPage,
  deliveriesWhere,
  duplicatesOf,
  OF_PERSON,
  PHONES_PAGE,
  PHONES_STAMP,
  phonesOf,
  type StoredDuplicate,
  type StoredStamp,
  stampOf,
  type WindowEnd,
} from '../sql/finding.js';
import { chosenDelivery, FOUND_MESSAGE, foundMessageOf, type StoredFound } from '../sql/found-message.js';
import { foundOf, type StoredDelivery } from '../sql/found-row.js';
import type { Sql } from './database.js';
import { personHistory } from './person-history.js';
import { rejectionsPage } from './plan-facts.js';

/** Looks for people and rows of a ledger. */
export function findingIn(sql: Sql): Finding {
  return {
    deliveries: (campaignId, filter, page) => filtered(sql, campaignId, filter, page),
    deliveriesOf: (ids) => deliveriesOf(sql, ids),
    ofPerson: async (campaignId, person) =>
      (await sql.rows<StoredDelivery>(OF_PERSON, { person, campaignId })).map(foundOf),
    phones: async (campaignId, page) =>
      phonesOf(await sql.lists<IndexedPhone>(PHONES_PAGE, byLine(campaignId, page)), page.most),
    phonesStamp: async (campaignId) => {
      const stamp = await sql.row<StoredStamp>(PHONES_STAMP, { campaignId });
      return stampOf(stamp ?? { file: 0, people: 0, lastAt: 0 });
    },
    rejections: (campaignId, reason, page) => rejectionsPage(sql, campaignId, reason, page),
    duplicates: async (campaignId, page) =>
      duplicatesOf(await sql.rows<StoredDuplicate>(DUPLICATES_PAGE, byLine(campaignId, page)), page.most),
    message: (campaignId, choice) => foundMessage(sql, campaignId, choice),
    history: (person) => personHistory(sql, person),
  };
}

async function filtered(
  sql: Sql,
  campaignId: number,
  filter: DeliveryFilter,
  asked: PageAsked,
): Promise<FoundPage<FoundDelivery>> {
  const page = deliveriesPage(campaignId, filter, asked);
  const read =
    page.kind === 'indexed' ? page : page.page(await sql.row<WindowEnd>(page.window, page.windowParams));
  return read.found(await sql.rows<StoredDelivery>(read.text, read.params));
}

async function deliveriesOf(sql: Sql, ids: readonly number[]): Promise<readonly FoundDelivery[]> {
  const text = deliveriesWhere('d.id = ANY(CAST(@ids AS bigint[]))');
  const found = new Map((await sql.rows<StoredDelivery>(text, { ids })).map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = found.get(id);
    return row === undefined ? [] : [foundOf(row)];
  });
}

/** The message of one row of a campaign, whatever became of it; null: there is no such row. */
async function foundMessage(
  sql: Sql,
  campaignId: number,
  choice: MessageChoice,
): Promise<FoundMessage | null> {
  const { text, params } = chosenDelivery(campaignId, choice);
  const chosen = await sql.row<{ readonly id: number }>(text, params);
  const row = chosen && (await sql.row<StoredFound>(FOUND_MESSAGE, { id: chosen.id }));
  return row === undefined ? null : foundMessageOf(row);
}
