import type { CampaignEntry, CampaignRecord } from '../../core/ledger/campaigns.js';
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
import type { LedgerDatabase } from './open-ledger.js';

/** Every campaign of the ledger, or those of one name (in several workspaces), the newest first. */
export function listCampaigns(db: LedgerDatabase, name: string | null): readonly CampaignRecord[] {
  return (db.prepare(CAMPAIGNS_OF_NAME).all({ name }) as CampaignRow[]).map(campaignOf);
}

/** One campaign of a workspace, or null. */
export function findCampaign(db: LedgerDatabase, workspace: string, name: string): CampaignRecord | null {
  const row = db.prepare(CAMPAIGN).get({ workspace, name });
  return row === undefined ? null : campaignOf(row as CampaignRow);
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
      db.prepare(WRITE_CAMPAIGN).run({ ...entry, at });
      const record = findCampaign(db, entry.workspace, entry.name);
      if (record === null) throw new Error('a campaign that was written cannot be read');
      return ok(record);
    })
    .immediate();
}

/** What was edited although people already got the campaign, or may have got it. */
export function changesAfterSend(db: LedgerDatabase, entry: CampaignEntry): readonly Problem[] {
  const known = findCampaign(db, entry.workspace, entry.name);
  if (known === null) return [];
  const changes = identityChanges(known, entry);
  const sent = changes.length > 0 && db.prepare(HAS_BEEN_SENT).get({ campaignId: known.id }) !== undefined;
  return sent ? changes : [];
}
