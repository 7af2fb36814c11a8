import { type Counts, countsOf, type DeliveryStatus, type ListedCounts } from '../../core/counts.js';
import { OPEN_STATUS } from '../sql/open-status.js';
import type { LedgerDatabase } from './open-ledger.js';

/**
 * Counts of a campaign, read from its deliveries; rows that repeat a person count as skipped. Every status but
 * `accepted` has an index or is rare, so accepted is what is left of all: a million rows are counted in
 * milliseconds, and no send has to keep an index for it.
 */
export function countDeliveries(db: LedgerDatabase, campaignId: number): Counts {
  const byStatus: Partial<Record<DeliveryStatus, number>> = {};
  for (const { status, count } of db.prepare(BY_STATUS).all({ campaignId }) as StatusCount[]) {
    byStatus[status] = count;
  }
  const known = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
  byStatus.accepted = countRows(db, 'deliveries', campaignId) - known;
  byStatus.skipped = (byStatus.skipped ?? 0) + countRows(db, 'duplicates', campaignId);
  return countsOf(byStatus, countRows(db, 'rejections', campaignId), confirmedOf(db, campaignId));
}

function confirmedOf(db: LedgerDatabase, campaignId: number): ListedCounts {
  const rows = db
    .prepare(
      `SELECT confirmation, count(*) AS count FROM deliveries
       WHERE campaign_id = ? AND confirmation IS NOT NULL GROUP BY confirmation`,
    )
    .all(campaignId) as { confirmation: keyof ListedCounts; count: number }[];
  return { listed: 0, failed: 0, ...Object.fromEntries(rows.map((row) => [row.confirmation, row.count])) };
}

interface StatusCount {
  status: DeliveryStatus;
  count: number;
}

/** `sending` is found through the runs that have not ended: only they can have something in flight. */
const BY_STATUS = `
  SELECT status, count(*) AS count FROM deliveries
  WHERE campaign_id = @campaignId AND ${OPEN_STATUS} GROUP BY status
  UNION ALL SELECT 'pending', count(*) FROM deliveries WHERE campaign_id = @campaignId AND status = 'pending'
  UNION ALL SELECT 'sending', count(*) FROM runs r
    JOIN attempts a ON a.id > r.after_attempt_id AND a.run_id = r.id AND a.outcome = 'in-flight'
    WHERE r.campaign_id = @campaignId AND r.ended_at IS NULL`;

function countRows(
  db: LedgerDatabase,
  table: 'deliveries' | 'duplicates' | 'rejections',
  campaignId: number,
): number {
  return Number(db.prepare(`SELECT count(*) FROM ${table} WHERE campaign_id = ?`).pluck().get(campaignId));
}
