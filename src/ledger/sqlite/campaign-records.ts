import type { CampaignIdentity, CampaignType } from '../../core/campaign.js';
import { columnKey } from '../../core/column-key.js';
import type { CampaignEntry, CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Control, Wait } from '../../core/ports.js';
import { failed, type Halt, ok, type Problem, type Result } from '../../core/problem.js';
import type { LedgerDatabase } from './open-ledger.js';

interface CampaignRow {
  id: number;
  workspace: string;
  name: string;
  base_url: string;
  file: string;
  template: string;
  type: CampaignType;
  campaign_name: string | null;
  columns: string;
  key_column: string | null;
  control: Control;
  halt: string | null;
  waiting: string | null;
  canary_passed_at: number | null;
  created_at: number;
}

function recordOf(row: CampaignRow): CampaignRecord {
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

/** Every campaign of the ledger, or those of one name (in several workspaces), the newest first. */
export function listCampaigns(db: LedgerDatabase, name: string | null): readonly CampaignRecord[] {
  const rows = db
    .prepare('SELECT * FROM campaigns WHERE name = coalesce(?, name) ORDER BY created_at DESC, id DESC')
    .all(name) as CampaignRow[];
  return rows.map(recordOf);
}

/** One campaign of a workspace, or null. */
export function findCampaign(db: LedgerDatabase, workspace: string, name: string): CampaignRecord | null {
  const row = db.prepare('SELECT * FROM campaigns WHERE workspace = ? AND name = ?').get(workspace, name);
  return row === undefined ? null : recordOf(row as CampaignRow);
}

/**
 * The campaign's record, made when it is new. What people who got it (or may have got it) were told by changes only with
 * `acceptChanges`: see `changesAfterSend`.
 */
export function openCampaign(
  db: LedgerDatabase,
  entry: CampaignEntry,
  acceptChanges: boolean,
  at: number,
): Result<CampaignRecord> {
  return db
    .transaction((): Result<CampaignRecord> => {
      const changes = acceptChanges ? [] : changesAfterSend(db, entry);
      if (changes.length > 0) return failed(...changes);
      writeCampaign(db, entry, at);
      const record = findCampaign(db, entry.workspace, entry.name);
      if (record === null) throw new Error('a campaign that was written cannot be read');
      return ok(record);
    })
    .immediate();
}

/**
 * What was edited although people already got the campaign, or may have got it. With another template, type or
 * campaignName it would be another campaign to them; with another key, everybody would be somebody new.
 */
export function changesAfterSend(db: LedgerDatabase, entry: CampaignEntry): readonly Problem[] {
  const known = findCampaign(db, entry.workspace, entry.name);
  if (known === null) return [];
  const changes = changesOf(known, entry);
  const key = keyChange(known.keyColumn, entry.keyColumn);
  if ((changes.length === 0 && key === null) || !hasBeenSent(db, known.id)) return [];
  const at = { file: entry.file };
  const params = { name: entry.name, changes: changes.join(', ') };
  return [
    ...(changes.length === 0 ? [] : [{ code: 'campaign.changed-after-send', params, at } as const]),
    ...(key === null ? [] : [{ code: key, params: { name: entry.name, ...keys(known, entry) }, at }]),
  ];
}

/** The edited fields, as `template "old" → "new"`. */
function changesOf(known: CampaignIdentity, next: CampaignIdentity): readonly string[] {
  const fields = ['template', 'type', 'campaignName'] as const;
  return fields
    .filter((field) => known[field] !== next[field])
    .map((field) => `${field} "${known[field] ?? ''}" → "${next[field] ?? ''}"`);
}

type KeyChange = 'campaign.key-added' | 'campaign.key-changed' | 'campaign.key-removed';

/** Two spellings of one column are no change. */
function keyChange(before: string | null, after: string | null): KeyChange | null {
  if (before === null) return after === null ? null : 'campaign.key-added';
  if (after === null) return 'campaign.key-removed';
  return columnKey(before) === columnKey(after) ? null : 'campaign.key-changed';
}

function keys(known: CampaignRecord, next: CampaignEntry): { before: string; after: string } {
  return { before: known.keyColumn ?? '', after: next.keyColumn ?? '' };
}

/** Whether anybody got, or may have got, this campaign. */
function hasBeenSent(db: LedgerDatabase, campaignId: number): boolean {
  const live = ['accepted', 'uncertain', 'sending'];
  const found = db.prepare('SELECT 1 FROM deliveries WHERE campaign_id = ? AND status IN (?, ?, ?) LIMIT 1');
  return found.get(campaignId, ...live) !== undefined;
}

function writeCampaign(db: LedgerDatabase, entry: CampaignEntry, at: number): void {
  db.prepare(
    `INSERT INTO campaigns (workspace, name, base_url, file, template, type, campaign_name, key_column, created_at)
     VALUES (@workspace, @name, @baseUrl, @file, @template, @type, @campaignName, @keyColumn, @at)
     ON CONFLICT (workspace, name) DO UPDATE SET base_url = @baseUrl, file = @file, template = @template,
       type = @type, campaign_name = @campaignName, key_column = @keyColumn`,
  ).run({ ...entry, at });
}
