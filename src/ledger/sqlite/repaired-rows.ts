import type { RepairedRows } from '../../core/report-data.js';
import { countOfRepaired, firstRepaired, repairedRowsOf, type StoredRepaired } from '../sql/repaired-rows.js';
import type { LedgerDatabase } from './open-ledger.js';

/** How many rows of a campaign `fixValues` repaired. */
export function countRepaired(db: LedgerDatabase, campaignId: number): number {
  return Number(db.prepare(countOfRepaired('CROSS JOIN')).pluck().get({ campaignId }));
}

/** How many they are, and which values of the first ones were repaired. */
export function repairedRows(db: LedgerDatabase, campaignId: number): RepairedRows {
  const first = db.prepare(firstRepaired('CROSS JOIN')).all({ campaignId }) as StoredRepaired[];
  return repairedRowsOf(countRepaired(db, campaignId), first);
}
