import type { CappedPeople, EvidenceCount } from '../../core/ledger/ledger.js';
import type { ReasonCount } from '../../core/report-data.js';
import { OPEN_STATUS } from './counts.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Earliest moment at which a pending delivery is due, or null when nothing is pending. */
export function nextDueAt(db: LedgerDatabase, campaignId: number): number | null {
  const due = db
    .prepare("SELECT min(due_at) FROM deliveries WHERE campaign_id = ? AND status = 'pending'")
    .pluck()
    .get(campaignId);
  return typeof due === 'number' ? due : null;
}

/** Who is skipped for `limits.perRecipient`, at a moment. */
export function cappedPeople(db: LedgerDatabase, campaignId: number, at: number): CappedPeople {
  return db
    .prepare(
      `SELECT count(*) AS count, min(due_at) FILTER (WHERE due_at > ?) AS firstAllowedAt
       FROM deliveries WHERE campaign_id = ? AND status = 'skipped' AND reason = 'capped'`,
    )
    .get(at, campaignId) as CappedPeople;
}

/** The most frequent reasons for which people were refused, given up or left uncertain. */
export function topReasons(db: LedgerDatabase, campaignId: number): readonly ReasonCount[] {
  return db
    .prepare(
      `SELECT status, coalesce(reason, status) AS reason, error_code AS errorCode,
         max(error_message) AS errorMessage, count(*) AS count
       FROM deliveries WHERE campaign_id = ? AND ${OPEN_STATUS} AND status <> 'skipped'
       GROUP BY 1, 2, 3 ORDER BY count DESC LIMIT 5`,
    )
    .all(campaignId) as ReasonCount[];
}

/**
 * Everybody who got nothing so far, by status, reason and code, with the rows that are no delivery; most frequent first.
 * Each part is found by an index: nobody looks at those who were accepted.
 */
export function allReasons(db: LedgerDatabase, campaignId: number, most: number): readonly ReasonCount[] {
  return db
    .prepare(
      `SELECT status, coalesce(reason, status) AS reason, error_code AS errorCode,
         max(error_message) AS errorMessage, count(*) AS count
       FROM deliveries WHERE campaign_id = @campaignId AND ${OPEN_STATUS} GROUP BY 1, 2, 3
       UNION ALL SELECT 'pending', 'pending', NULL, NULL, count(*) FROM deliveries
         WHERE campaign_id = @campaignId AND status = 'pending' HAVING count(*) > 0
       UNION ALL SELECT 'skipped', 'duplicate', NULL, NULL, count(*) FROM duplicates
         WHERE campaign_id = @campaignId HAVING count(*) > 0
       UNION ALL SELECT 'rejected', reason, NULL, NULL, count(*) FROM rejections
         WHERE campaign_id = @campaignId GROUP BY reason
       ORDER BY count DESC, reason LIMIT @most`,
    )
    .all({ campaignId, most }) as ReasonCount[];
}

/** Over how much time a rate is taken, and how many attempts are looked at for it at most. */
const RATE_WINDOW_MS = 10_000;
const RATE_ATTEMPTS = 20_000;

/** Requests per second that a run began lately. The newest attempts are read from the end: there is no index on time. */
export function recentRatePerSecond(db: LedgerDatabase, runId: number, at: number): number {
  const row = db
    .prepare(
      `SELECT count(*) AS count, min(started_at) AS first FROM (
         SELECT run_id, started_at FROM attempts ORDER BY id DESC LIMIT ${RATE_ATTEMPTS})
       WHERE run_id = ? AND started_at > ? AND started_at <= ?`,
    )
    .get(runId, at - RATE_WINDOW_MS, at) as { count: number; first: number | null };
  return row.first === null || at <= row.first ? 0 : (row.count * 1000) / Math.max(1000, at - row.first);
}

/** The stored evidence of a campaign, by kind. */
export function evidenceCounts(db: LedgerDatabase, campaignId: number): readonly EvidenceCount[] {
  return db
    .prepare(
      `SELECT e.kind, count(DISTINCT e.attempt_id) AS count, max(e.recorded_at) AS lastAt
       FROM evidence e JOIN deliveries d ON d.id = e.delivery_id
       WHERE d.campaign_id = ? GROUP BY e.kind ORDER BY e.kind`,
    )
    .all(campaignId) as EvidenceCount[];
}
