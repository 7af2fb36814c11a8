import type { Counts } from '../../core/counts.js';
import type { CappedPeople, EvidenceCount } from '../../core/ledger/status.js';
import type { ReasonCount } from '../../core/report-data.js';
import { COUNTED, type CountedRow, countsFrom } from '../sql/counts.js';
import {
  ALL_REASONS,
  CAPPED_PEOPLE,
  EVIDENCE_COUNTS,
  NEXT_DUE_AT,
  RECENT_ATTEMPTS,
  REPEATED_ROWS,
  type RecentAttempts,
  rateOf,
  recentAsked,
  UNREACHED_REASONS,
} from '../sql/status-facts.js';
import type { LedgerDatabase } from './open-ledger.js';

/** How many rows repeat a person of the file. */
export function repeatedRows(db: LedgerDatabase, campaignId: number): number {
  return db.prepare(REPEATED_ROWS).pluck().get({ campaignId }) as number;
}

/** Earliest moment at which a pending delivery is due, or null when nothing is pending. */
export function nextDueAt(db: LedgerDatabase, campaignId: number): number | null {
  return db.prepare(NEXT_DUE_AT).pluck().get({ campaignId }) as number | null;
}

/** Who is skipped for `limits.perRecipient`, at a moment. */
export function cappedPeople(db: LedgerDatabase, campaignId: number, at: number): CappedPeople {
  return db.prepare(CAPPED_PEOPLE).get({ campaignId, at }) as CappedPeople;
}

/** Why people were refused, given up or left uncertain; most frequent first. */
export function unreachedReasons(db: LedgerDatabase, campaignId: number): readonly ReasonCount[] {
  return db.prepare(UNREACHED_REASONS).all({ campaignId }) as ReasonCount[];
}

/**
 * Everybody who got nothing so far, by status, reason and code, with the rows that are no delivery; most frequent first.
 * Each part is found by an index: nobody looks at those who were accepted.
 */
export function allReasons(db: LedgerDatabase, campaignId: number, most: number): readonly ReasonCount[] {
  return db.prepare(ALL_REASONS).all({ campaignId, most }) as ReasonCount[];
}

/** Requests per second that a run began lately. */
export function recentRatePerSecond(db: LedgerDatabase, runId: number, at: number): number {
  return rateOf(db.prepare(RECENT_ATTEMPTS).get(recentAsked(runId, at)) as RecentAttempts, at);
}

/** The stored evidence of a campaign, by kind. */
export function evidenceCounts(db: LedgerDatabase, campaignId: number): readonly EvidenceCount[] {
  return db.prepare(EVIDENCE_COUNTS).all({ campaignId }) as EvidenceCount[];
}

/** Counts of a campaign, read from its deliveries: a million rows are counted in milliseconds. */
export function countDeliveries(db: LedgerDatabase, campaignId: number): Counts {
  return countsFrom(db.prepare(COUNTED).all({ campaignId }) as CountedRow[]);
}
