import type { CampaignIdentity, CampaignType } from '../core/campaign.js';
import type { Halt } from '../core/halt.js';
import type { Control, Wait } from '../core/ports.js';
import { failed, ok, type Result } from '../core/problem.js';
import type { LedgerDatabase } from './open-ledger.js';

/** A campaign as the ledger knows it. */
export interface CampaignRecord extends CampaignIdentity {
  readonly id: number;
  readonly workspace: string;
  readonly name: string;
  readonly baseUrl: string;
  /** Absolute path of the campaign file at the last send. */
  readonly file: string;
  /** The recipients file's own columns at the last import. */
  readonly columns: readonly string[];
  readonly control: Control;
  readonly halt: Halt | null;
  readonly waiting: Wait | null;
  readonly canaryPassedAt: number | null;
  readonly createdAt: number;
}

/** What identifies a campaign in the ledger, and what may not be edited once people were accepted. */
export interface CampaignEntry extends CampaignIdentity {
  readonly workspace: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly file: string;
}

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
 * The campaign's record, made when it is new. Template, type and campaignName of a campaign that people already
 * got (or may have got) change only with `acceptChanges`: to them it would be another campaign under an old name.
 */
export function openCampaign(
  db: LedgerDatabase,
  entry: CampaignEntry,
  acceptChanges: boolean,
  at: number,
): Result<CampaignRecord> {
  return db
    .transaction((): Result<CampaignRecord> => {
      const known = findCampaign(db, entry.workspace, entry.name);
      const changes = known === null ? [] : changesOf(known, entry);
      if (known !== null && changes.length > 0 && !acceptChanges && hasBeenSent(db, known.id)) {
        const params = { name: entry.name, changes: changes.join(', ') };
        return failed({ code: 'campaign.changed-after-send', params, at: { file: entry.file } });
      }
      writeCampaign(db, entry, at);
      const record = findCampaign(db, entry.workspace, entry.name);
      if (record === null) throw new Error('a campaign that was written cannot be read');
      return ok(record);
    })
    .immediate();
}

/** The edited fields, as `template "old" → "new"`; the campaign would be another one to who already got it. */
function changesOf(known: CampaignIdentity, next: CampaignIdentity): readonly string[] {
  const fields = ['template', 'type', 'campaignName'] as const;
  return fields
    .filter((field) => known[field] !== next[field])
    .map((field) => `${field} "${known[field] ?? ''}" → "${next[field] ?? ''}"`);
}

/** Whether anybody got, or may have got, this campaign. */
function hasBeenSent(db: LedgerDatabase, campaignId: number): boolean {
  const live = ['accepted', 'uncertain', 'sending'];
  const found = db.prepare('SELECT 1 FROM deliveries WHERE campaign_id = ? AND status IN (?, ?, ?) LIMIT 1');
  return found.get(campaignId, ...live) !== undefined;
}

function writeCampaign(db: LedgerDatabase, entry: CampaignEntry, at: number): void {
  db.prepare(
    `INSERT INTO campaigns (workspace, name, base_url, file, template, type, campaign_name, created_at)
     VALUES (@workspace, @name, @baseUrl, @file, @template, @type, @campaignName, @at)
     ON CONFLICT (workspace, name) DO UPDATE SET base_url = @baseUrl, file = @file, template = @template,
       type = @type, campaign_name = @campaignName`,
  ).run({ ...entry, at });
}
