import { NEXT_DUE, PENDING_ONE, skipTakenOutAmong } from '../sql/taken-out.js';
import type { Sql } from './database.js';

/** What somebody else has changed since the statement began to look is no longer pending. */
const STILL_PENDING = "AND deliveries.status = 'pending'";

const CAMPAIGN = `SELECT id, person, import_id FROM deliveries
  WHERE campaign_id = @campaignId AND status = 'pending'`;

const SKIP_CAMPAIGN = `${skipTakenOutAmong(CAMPAIGN)} ${STILL_PENDING}`;
const SKIP_DUE = `${skipTakenOutAmong(NEXT_DUE)} ${STILL_PENDING}`;
const SKIP_ONE = `${skipTakenOutAmong(PENDING_ONE)} ${STILL_PENDING}`;

/** Skips everybody of a campaign who is pending and was taken out; returns how many. */
export function skipTakenOut(sql: Sql, campaignId: number, at: number): Promise<number> {
  return sql.run(SKIP_CAMPAIGN, { campaignId, at });
}

/** The same of the next `max` who are due. */
export function skipTakenOutDue(
  sql: Sql,
  due: { readonly campaignId: number; readonly at: number; readonly max: number },
): Promise<number> {
  return sql.run(SKIP_DUE, { ...due });
}

/** The same of one delivery. */
export function skipTakenOutOne(
  sql: Sql,
  one: { readonly deliveryId: number; readonly campaignId: number; readonly at: number },
): Promise<number> {
  return sql.run(SKIP_ONE, { ...one });
}
