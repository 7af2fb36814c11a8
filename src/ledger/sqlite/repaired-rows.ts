import type { RepairedRows } from '../../core/report-data.js';
import type { LedgerDatabase } from './open-ledger.js';

const MOST_ROWS = 50;

/** A campaign's rows of which `fixValues` repaired something, without those that are gone from the file. */
const REPAIRED = `contents c CROSS JOIN deliveries d ON d.id = c.delivery_id
  WHERE c.repaired IS NOT NULL AND d.campaign_id = ? AND NOT (d.status = 'skipped' AND d.reason IS 'removed')`;

/** How many they are: from the index of repaired contents, so a CROSS JOIN, which SQLite does not turn round. */
export function countRepaired(db: LedgerDatabase, campaignId: number): number {
  return Number(db.prepare(`SELECT count(*) FROM ${REPAIRED}`).pluck().get(campaignId));
}

/** How many they are, and which values of the first ones were repaired. */
export function repairedRows(db: LedgerDatabase, campaignId: number): RepairedRows {
  const rows = db
    .prepare(`SELECT d.line, d.phone, c.repaired FROM ${REPAIRED} ORDER BY d.line LIMIT ${MOST_ROWS}`)
    .all(campaignId) as { line: number; phone: string; repaired: string }[];
  return {
    count: countRepaired(db, campaignId),
    first: rows.map(({ line, phone, repaired }) => ({
      line,
      phone,
      variables: JSON.parse(repaired) as string[],
    })),
  };
}
