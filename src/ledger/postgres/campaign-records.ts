import type { CampaignEntry, CampaignKey, CampaignRecord } from '../../core/ledger/campaigns.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { identityChanges } from '../sql/campaign-changes.js';
import {
  CAMPAIGN,
  CAMPAIGNS_OF_NAME,
  type CampaignRow,
  campaignOf,
  HAS_BEEN_SENT,
  WRITE_CAMPAIGN,
} from '../sql/campaign-records.js';
import type { Sql } from './database.js';

/** Every campaign of the ledger, or those of one name, the newest first. */
export async function listCampaigns(sql: Sql, name: string | null): Promise<readonly CampaignRecord[]> {
  return (await sql.rows<CampaignRow>(CAMPAIGNS_OF_NAME, { name })).map(campaignOf);
}

/** One campaign of a workspace, or null. */
export async function findCampaign(
  sql: Sql,
  { workspace, name }: CampaignKey,
): Promise<CampaignRecord | null> {
  const row = await sql.row<CampaignRow>(CAMPAIGN, { workspace, name });
  return row === undefined ? null : campaignOf(row);
}

/** The campaign's record, made when it is new. Within a transaction of its own. */
export async function openCampaign(
  sql: Sql,
  entry: CampaignEntry,
  acceptChanges: boolean,
  at: number,
): Promise<Result<CampaignRecord>> {
  // Whoever edits the same campaign meanwhile waits.
  const { workspace, name } = entry;
  await sql.run(`${CAMPAIGN} FOR UPDATE`, { workspace, name });
  const changes = acceptChanges ? [] : await changesAfterSend(sql, entry);
  if (changes.length > 0) return failed(...changes);
  await sql.run(WRITE_CAMPAIGN, { ...entry, at });
  const record = await findCampaign(sql, entry);
  if (record === null) throw new Error('a campaign that was written cannot be read');
  return ok(record);
}

/** What was edited although people already got the campaign, or may have got it. */
export async function changesAfterSend(sql: Sql, entry: CampaignEntry): Promise<readonly Problem[]> {
  const known = await findCampaign(sql, entry);
  if (known === null) return [];
  const changes = identityChanges(known, entry);
  if (changes.length === 0) return [];
  const sent = await sql.row(HAS_BEEN_SENT, { campaignId: known.id });
  return sent === undefined ? [] : changes;
}
