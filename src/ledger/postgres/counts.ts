import type { Counts } from '../../core/counts.js';
import { COUNTED, type CountedRow, countsFrom } from '../sql/counts.js';
import type { Sql } from './database.js';

/** Counts of a campaign, read from its deliveries in one look. */
export async function countDeliveries(sql: Sql, campaignId: number): Promise<Counts> {
  return countsFrom(await sql.rows<CountedRow>(COUNTED, { campaignId }));
}
