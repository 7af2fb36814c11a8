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
import { type AskLedger, type LedgerDatabase, prepared } from './open-ledger.js';
import { personHistory } from './person-history.js';
import { rejectionsPage } from './plan-facts.js';

/** Looks for people and rows of a ledger. */
export function findingIn(ask: AskLedger): Finding {
  return {
    deliveries: (campaignId, filter, page) => ask((db) => filtered(db, campaignId, filter, page)),
    deliveriesOf: (ids) => ask((db) => deliveriesOf(db, ids)),
    ofPerson: (campaignId, person) =>
      ask((db) => (prepared(db, OF_PERSON).all({ person, campaignId }) as StoredDelivery[]).map(foundOf)),
    phones: (campaignId, page) => ask((db) => phonesPage(db, campaignId, page)),
    phonesStamp: (campaignId) =>
      ask((db) => stampOf(prepared(db, PHONES_STAMP).get({ campaignId }) as StoredStamp)),
    rejections: (campaignId, reason, page) => ask((db) => rejectionsPage(db, campaignId, reason, page)),
    duplicates: (campaignId, page) =>
      ask((db) => {
        const rows = prepared(db, DUPLICATES_PAGE).all(byLine(campaignId, page)) as StoredDuplicate[];
        return duplicatesOf(rows, page.most);
      }),
    message: (campaignId, choice) => ask((db) => foundMessage(db, campaignId, choice)),
    history: (person) => ask((db) => personHistory(db, person)),
  };
}

function filtered(
  db: LedgerDatabase,
  campaignId: number,
  filter: DeliveryFilter,
  asked: PageAsked,
): FoundPage<FoundDelivery> {
  const page = deliveriesPage(campaignId, filter, asked);
  const read =
    page.kind === 'indexed'
      ? page
      : page.page(prepared(db, page.window).get(page.windowParams) as WindowEnd | undefined);
  return read.found(prepared(db, read.text).all(read.params) as StoredDelivery[]);
}

function deliveriesOf(db: LedgerDatabase, ids: readonly number[]): readonly FoundDelivery[] {
  const one = prepared(db, deliveriesWhere('d.id = @id'));
  const rows = ids.map((id) => one.get({ id }) as StoredDelivery | undefined);
  return rows.flatMap((row) => (row === undefined ? [] : [foundOf(row)]));
}

function phonesPage(db: LedgerDatabase, campaignId: number, page: PageAsked): FoundPage<IndexedPhone> {
  const rows = db.prepare(PHONES_PAGE).raw().all(byLine(campaignId, page)) as IndexedPhone[];
  return phonesOf(rows, page.most);
}

/** The message of one row of a campaign, whatever became of it; null: there is no such row. */
function foundMessage(db: LedgerDatabase, campaignId: number, choice: MessageChoice): FoundMessage | null {
  const { text, params } = chosenDelivery(campaignId, choice);
  const chosen = prepared(db, text).get(params) as { readonly id: number } | undefined;
  const row = chosen === undefined ? undefined : prepared(db, FOUND_MESSAGE).get({ id: chosen.id });
  return row === undefined ? null : foundMessageOf(row as StoredFound);
}
