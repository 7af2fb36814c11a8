import { type Counts, countsOf, type DeliveryStatus } from '../core/counts.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Counts of a campaign, read from its deliveries. Rows that repeat a person count as skipped. */
export function countDeliveries(db: LedgerDatabase, campaignId: number): Counts {
  const rows = db
    .prepare('SELECT status, count(*) AS count FROM deliveries WHERE campaign_id = ? GROUP BY status')
    .all(campaignId) as { status: DeliveryStatus; count: number }[];
  const byStatus: Partial<Record<DeliveryStatus, number>> = {};
  for (const { status, count } of rows) byStatus[status] = count;
  const duplicates = countRows(db, 'duplicates', campaignId);
  byStatus.skipped = (byStatus.skipped ?? 0) + duplicates;
  return countsOf(byStatus, countRows(db, 'rejections', campaignId));
}

function countRows(db: LedgerDatabase, table: 'duplicates' | 'rejections', campaignId: number): number {
  return Number(db.prepare(`SELECT count(*) FROM ${table} WHERE campaign_id = ?`).pluck().get(campaignId));
}
