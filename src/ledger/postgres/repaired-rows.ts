import type { RepairedRows } from '../../core/report-data.js';
import { countOfRepaired, firstRepaired, repairedRowsOf, type StoredRepaired } from '../sql/repaired-rows.js';
import type { Sql } from './database.js';

/** How many rows of a campaign `fixValues` repaired. */
export async function countRepaired(sql: Sql, campaignId: number): Promise<number> {
  return (await sql.row<{ count: number }>(countOfRepaired('JOIN'), { campaignId }))?.count ?? 0;
}

/** How many they are, and which values of the first ones were repaired. */
export async function repairedRows(sql: Sql, campaignId: number): Promise<RepairedRows> {
  const first = await sql.rows<StoredRepaired>(firstRepaired('JOIN'), { campaignId });
  return repairedRowsOf(await countRepaired(sql, campaignId), first);
}
