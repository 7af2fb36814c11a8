import type { FoundPage, PageAsked, PageEnd } from '../../core/ledger/finding.js';
import type { Imports } from '../../core/ledger/ledger.js';
import type { PlanFacts, PlannedDuplicate, PlannedMessage, PlannedRejection } from '../../core/plan.js';
import type { Rejection } from '../../core/recipient.js';
import {
  FIRST_DUPLICATES,
  FIRST_MESSAGE,
  FIRST_MESSAGES,
  FIRST_REJECTIONS,
  goneBy,
  messageOf,
  PENDING_BY_COUNTRY,
  placed,
  REJECTED_BY_REASON,
  rejectionsAsked,
  rejectionsFound,
  rejectionsPageOf,
  SKIPPED_BY_REASON,
  type StoredMessage,
  type StoredPlace,
  type StoredRejection,
  type Tally,
  tallied,
} from '../sql/plan-facts.js';
import type { Database, Sql } from './database.js';
import { lookAtFile } from './file-look.js';
import { countRepaired } from './repaired-rows.js';
import { countDeliveries } from './status.js';

/** What a campaign would do now, read from the ledger after its import. */
export async function planFacts(
  sql: Sql,
  campaignId: number,
): Promise<Omit<PlanFacts, 'notices' | 'changedAfterAccepted' | 'readAs'>> {
  const all = <Row>(text: string): Promise<readonly Row[]> => sql.rows<Row>(text, { campaignId });
  return {
    counts: await countDeliveries(sql, campaignId),
    skippedByReason: await skippedByReason(sql, campaignId),
    gone: tallied(await all<Tally>(goneBy('JOIN'))),
    rejectedByReason: tallied(await all<Tally>(REJECTED_BY_REASON)),
    rejections: (await all<StoredPlace<PlannedRejection>>(FIRST_REJECTIONS)).map(placed),
    duplicates: await all<PlannedDuplicate>(FIRST_DUPLICATES),
    messages: (await all<StoredMessage>(FIRST_MESSAGES)).map(messageOf),
    countries: tallied(await all<Tally>(PENDING_BY_COUNTRY)),
    repaired: await countRepaired(sql, campaignId),
  };
}

/** Skipped rows by reason, duplicates among them. */
export async function skippedByReason(
  sql: Sql,
  campaignId: number,
): Promise<Readonly<Record<string, number>>> {
  return tallied(await sql.rows<Tally>(SKIPPED_BY_REASON, { campaignId }));
}

/** The message of the first row of a campaign, whatever became of it; erased ones left out. */
export async function firstMessage(sql: Sql, campaignId: number): Promise<PlannedMessage | null> {
  const row = await sql.row<StoredMessage>(FIRST_MESSAGE, { campaignId });
  return row === undefined ? null : messageOf(row);
}

/** The rejected rows of a campaign's last import in order of line, page by page. */
export async function* storedRejections(sql: Sql, campaignId: number): AsyncGenerator<Rejection> {
  let after: PageEnd | null = null;
  do {
    const page: FoundPage<Rejection> = await rejectionsPage(sql, campaignId, null, { after, most: 1000 });
    yield* page.rows;
    after = page.next;
  } while (after !== null);
}

/** One page of them; `reason` null: whichever. */
export async function rejectionsPage(
  sql: Sql,
  campaignId: number,
  reason: string | null,
  page: PageAsked,
): Promise<FoundPage<Rejection>> {
  const asked = rejectionsAsked(campaignId, reason, page);
  return rejectionsFound(await sql.rows<StoredRejection>(rejectionsPageOf(reason), asked), page.most);
}

/** What is read of imports, and of files that are not imported. */
export function importReadsIn(db: Database): Pick<Imports, 'rejections' | 'planFacts' | 'look'> {
  return {
    rejections: (campaignId) => storedRejections(db, campaignId),
    planFacts: (campaignId) => planFacts(db, campaignId),
    look: (question, campaign) => lookAtFile(db, question, campaign),
  };
}
