import { skipTakenOutAmong } from '../sql/taken-out.js';
import type { Sql } from './database.js';

/** What somebody else has changed since the statement began to look is no longer pending. */
const STILL_PENDING = "AND deliveries.status = 'pending'";

const CAMPAIGN = `SELECT id, person, import_id FROM deliveries
  WHERE campaign_id = @campaignId AND status = 'pending'`;

const SKIP_CAMPAIGN = `${skipTakenOutAmong(CAMPAIGN)} ${STILL_PENDING}`;

/** Skips everybody of a campaign who is pending and was taken out; returns how many. */
export function skipTakenOut(sql: Sql, campaignId: number, at: number): Promise<number> {
  return sql.run(SKIP_CAMPAIGN, { campaignId, at });
}
