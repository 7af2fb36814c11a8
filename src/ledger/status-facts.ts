import type { ReasonCount } from '../core/report-data.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Earliest moment at which a pending delivery is due, or null when nothing is pending. */
export function nextDueAt(db: LedgerDatabase, campaignId: number): number | null {
  const due = db
    .prepare("SELECT min(due_at) FROM deliveries WHERE campaign_id = ? AND status = 'pending'")
    .pluck()
    .get(campaignId);
  return typeof due === 'number' ? due : null;
}

/** The most frequent reasons for which people were refused, given up or left uncertain. */
export function topReasons(db: LedgerDatabase, campaignId: number): readonly ReasonCount[] {
  return db
    .prepare(
      `SELECT status, coalesce(reason, status) AS reason, error_code AS errorCode,
         max(error_message) AS errorMessage, count(*) AS count
       FROM deliveries WHERE campaign_id = ? AND status IN ('refused', 'exhausted', 'uncertain')
       GROUP BY 1, 2, 3 ORDER BY count DESC LIMIT 5`,
    )
    .all(campaignId) as ReasonCount[];
}
