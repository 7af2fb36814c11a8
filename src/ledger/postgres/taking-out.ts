import { skipTakenOutAmong } from '../sql/taken-out.js';
import type { Sql } from './database.js';

/**
 * To be taken first by whoever takes people out or brings them back: suppressions, a cancel or resume, an
 * erasure, an opt-out. Waits for the claims that began before; later ones wait for the end of this transaction and see
 * what it did. Never after `AWAIT_TAKING_OUT` in the same transaction: two that did so would wait for each other.
 */
export async function lockTakingOut(sql: Sql): Promise<void> {
  await sql.run(`SELECT ${LOCK_TAKING_OUT}`);
}

/** The same within a statement that the schema keeps. */
export const LOCK_TAKING_OUT = 'FROM taking_out FOR UPDATE';

/** To be taken first by a claim: nothing is claimed past a taking-out that has finished. Claims do not wait for each other. */
export const AWAIT_TAKING_OUT = 'FROM taking_out FOR SHARE';

/** What somebody else has changed since the statement began to look is no longer pending. */
const STILL_PENDING = "AND deliveries.status = 'pending'";

const CAMPAIGN = `SELECT id, person, import_id FROM deliveries
  WHERE campaign_id = @campaignId AND status = 'pending'`;

const SKIP_CAMPAIGN = `${skipTakenOutAmong(CAMPAIGN)} ${STILL_PENDING}`;

/** Skips everybody of a campaign who is pending and was taken out; returns how many. */
export function skipTakenOut(sql: Sql, campaignId: number, at: number): Promise<number> {
  return sql.run(SKIP_CAMPAIGN, { campaignId, at });
}
