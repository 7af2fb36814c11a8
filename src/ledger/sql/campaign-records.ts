import type { CampaignType } from '../../core/campaign.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Control, Wait } from '../../core/ports.js';
import type { Halt } from '../../core/problem.js';

/** Campaigns of a name, or all where it is null; the newest first. */
export const CAMPAIGNS_OF_NAME = `
  SELECT * FROM campaigns WHERE name = coalesce(@name, name) ORDER BY created_at DESC, id DESC`;

/** One campaign of a workspace. */
export const CAMPAIGN = 'SELECT * FROM campaigns WHERE workspace = @workspace AND name = @name';

/** Whether anybody got, or may have got, a campaign. */
export const HAS_BEEN_SENT = `
  SELECT 1 AS found FROM deliveries
  WHERE campaign_id = @campaignId AND status IN ('accepted', 'uncertain', 'sending') LIMIT 1`;

/** Enters a campaign, or takes in what was edited. */
export const WRITE_CAMPAIGN = `
  INSERT INTO campaigns (workspace, name, base_url, file, template, type, campaign_name, key_column, created_at)
  VALUES (@workspace, @name, @baseUrl, @file, @template, @type, @campaignName, @keyColumn, @at)
  ON CONFLICT (workspace, name) DO UPDATE SET base_url = excluded.base_url, file = excluded.file,
    template = excluded.template, type = excluded.type, campaign_name = excluded.campaign_name,
    key_column = excluded.key_column`;

/** A campaign as its table has it. */
export interface CampaignRow {
  readonly id: number;
  readonly workspace: string;
  readonly name: string;
  readonly base_url: string;
  readonly file: string;
  readonly template: string;
  readonly type: CampaignType;
  readonly campaign_name: string | null;
  readonly columns: string;
  readonly key_column: string | null;
  readonly control: Control;
  readonly halt: string | null;
  readonly waiting: string | null;
  readonly canary_passed_at: number | null;
  readonly created_at: number;
}

/** A row as the port gives it. */
export function campaignOf(row: CampaignRow): CampaignRecord {
  return {
    id: row.id,
    workspace: row.workspace,
    name: row.name,
    baseUrl: row.base_url,
    file: row.file,
    template: row.template,
    type: row.type,
    campaignName: row.campaign_name,
    columns: JSON.parse(row.columns) as string[],
    keyColumn: row.key_column,
    control: row.control,
    halt: row.halt === null ? null : (JSON.parse(row.halt) as Halt),
    waiting: row.waiting === null ? null : (JSON.parse(row.waiting) as Wait),
    canaryPassedAt: row.canary_passed_at,
    createdAt: row.created_at,
  };
}
