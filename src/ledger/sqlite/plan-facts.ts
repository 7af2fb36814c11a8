import type { FoundPage, PageAsked, PageEnd } from '../../core/ledger/finding.js';
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
import { type LedgerDatabase, prepared } from './open-ledger.js';
import { countRepaired } from './repaired-rows.js';
import { countDeliveries } from './status-facts.js';

/** What a campaign would do now, read from the ledger after its import. */
export function planFacts(
  db: LedgerDatabase,
  campaignId: number,
): Omit<PlanFacts, 'notices' | 'changedAfterAccepted' | 'readAs'> {
  const all = <Row>(sql: string): readonly Row[] => db.prepare(sql).all({ campaignId }) as Row[];
  return {
    counts: countDeliveries(db, campaignId),
    skippedByReason: skippedByReason(db, campaignId),
    gone: tallied(all<Tally>(goneBy('CROSS JOIN'))),
    rejectedByReason: tallied(all<Tally>(REJECTED_BY_REASON)),
    rejections: all<StoredPlace<PlannedRejection>>(FIRST_REJECTIONS).map(placed),
    duplicates: all<PlannedDuplicate>(FIRST_DUPLICATES),
    messages: all<StoredMessage>(FIRST_MESSAGES).map(messageOf),
    countries: tallied(all<Tally>(PENDING_BY_COUNTRY)),
    repaired: countRepaired(db, campaignId),
  };
}

/** Skipped rows by reason, duplicates among them. */
export function skippedByReason(db: LedgerDatabase, campaignId: number): Readonly<Record<string, number>> {
  return tallied(db.prepare(SKIPPED_BY_REASON).all({ campaignId }) as Tally[]);
}

/** The message of the first row of a campaign, whatever became of it; erased ones left out. */
export function firstMessage(db: LedgerDatabase, campaignId: number): PlannedMessage | null {
  const row = db.prepare(FIRST_MESSAGE).get({ campaignId });
  return row === undefined ? null : messageOf(row as StoredMessage);
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
  page: PageAsked,
): FoundPage<Rejection> {
  const asked = rejectionsAsked(campaignId, reason, page);
  return rejectionsFound(prepared(db, rejectionsPageOf(reason)).all(asked) as StoredRejection[], page.most);
}
