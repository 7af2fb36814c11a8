import type { Statement } from 'better-sqlite3';
import { NEXT_DUE, PENDING_ONE, skipTakenOutAmong } from '../sql/taken-out.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Which pending deliveries are looked at. */
const AMONG = {
  /** All of a campaign. By itself SQLite would look at those who are not pending, too. */
  campaign: `SELECT id, person, import_id FROM deliveries INDEXED BY deliveries_due
    WHERE campaign_id = +@campaignId AND status = 'pending'`,
  due: NEXT_DUE,
  one: PENDING_ONE,
} as const;

/** A statement that skips those among some pending deliveries who were taken out, each with the reason. */
export function prepareSkipTakenOut(db: LedgerDatabase, among: keyof typeof AMONG): Statement {
  return db.prepare(skipTakenOutAmong(AMONG[among]));
}

/**
 * Skips everybody of a campaign who is pending and was taken out. Whatever leads back to `pending` may call it, so
 * that counts are right at once; the claim looks by itself.
 *
 * @returns how many.
 */
export function skipTakenOut(db: LedgerDatabase, campaignId: number, at: number): number {
  return prepareSkipTakenOut(db, 'campaign').run({ campaignId, at }).changes;
}
