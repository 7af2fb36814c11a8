import type { Counts } from '../../core/counts.js';
import { COUNTED, type CountedRow, countsFrom } from '../sql/counts.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Counts of a campaign, read from its deliveries: a million rows are counted in milliseconds. */
export function countDeliveries(db: LedgerDatabase, campaignId: number): Counts {
  return countsFrom(db.prepare(COUNTED).all({ campaignId }) as CountedRow[]);
}
