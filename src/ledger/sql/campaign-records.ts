import type { CampaignType } from '../../core/campaign.js';
import type { CampaignEntry, CampaignKey, CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Control, Wait } from '../../core/ports.js';
import { failed, type Halt, ok, type Problem, type Result } from '../../core/problem.js';
import { identityChanges } from './campaign-changes.js';
import type { Dialect } from './dialect.js';
import { row, rows, run, type Steps } from './steps.js';

/** Every campaign of the ledger, or those of one name (in several workspaces), the newest first. */
export function* listCampaigns(name: string | null): Steps<readonly CampaignRecord[]> {
  return (yield* rows<CampaignRow>(CAMPAIGNS_OF_NAME, { name })).map(campaignOf);
}

/** One campaign of a workspace, or null. */
export function* findCampaign({ workspace, name }: CampaignKey): Steps<CampaignRecord | null> {
  const found = yield* row<CampaignRow>(CAMPAIGN, { workspace, name });
  return found === undefined ? null : campaignOf(found);
}

/**
 * The campaign's record, made when it is new. What people who got it (or may have got it) were told by changes only with
 * `acceptChanges`: see `changesAfterSend`. Within a transaction.
 */
export function* openCampaign(
  { forUpdate }: Dialect,
  entry: CampaignEntry,
  acceptChanges: boolean,
  at: number,
): Steps<Result<CampaignRecord>> {
  // Whoever edits the same campaign meanwhile waits.
  const { workspace, name } = entry;
  yield* row(`${CAMPAIGN} ${forUpdate}`, { workspace, name });
  const changes = acceptChanges ? [] : yield* changesAfterSend(entry);
  if (changes.length > 0) return failed(...changes);
  yield* run(WRITE_CAMPAIGN, { ...entry, at });
  const record = yield* findCampaign(entry);
  if (record === null) throw new Error('a campaign that was written cannot be read');
  return ok(record);
}

/** What was edited although people already got the campaign, or may have got it. */
export function* changesAfterSend(entry: CampaignEntry): Steps<readonly Problem[]> {
  const known = yield* findCampaign(entry);
  const changes = known === null ? [] : identityChanges(known, entry);
  if (known === null || changes.length === 0) return [];
  return (yield* row(HAS_BEEN_SENT, { campaignId: known.id })) === undefined ? [] : changes;
}

/** Campaigns of a name, or all where it is null; the newest first. */
const CAMPAIGNS_OF_NAME = `
  SELECT * FROM campaigns WHERE name = coalesce(@name, name) ORDER BY created_at DESC, id DESC`;

/** One campaign of a workspace. */
const CAMPAIGN = 'SELECT * FROM campaigns WHERE workspace = @workspace AND name = @name';

/** Whether anybody got, or may have got, a campaign. */
const HAS_BEEN_SENT = `
  SELECT 1 AS found FROM deliveries
  WHERE campaign_id = @campaignId AND status IN ('accepted', 'uncertain', 'sending') LIMIT 1`;

/** Enters a campaign, or takes in what was edited. */
const WRITE_CAMPAIGN = `
  INSERT INTO campaigns (workspace, name, base_url, file, template, type, campaign_name, key_column, created_at)
  VALUES (@workspace, @name, @baseUrl, @file, @template, @type, @campaignName, @keyColumn, @at)
  ON CONFLICT (workspace, name) DO UPDATE SET base_url = excluded.base_url, file = excluded.file,
    template = excluded.template, type = excluded.type, campaign_name = excluded.campaign_name,
    key_column = excluded.key_column`;

/** A campaign as its table has it. */
interface CampaignRow {
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
function campaignOf(row: CampaignRow): CampaignRecord {
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
