import type { Problem } from '../core/problem.js';
import type { CampaignRecord } from './campaign-records.js';
import type { LedgerDatabase } from './open-ledger.js';

const WEEK_MS = 7 * 24 * 60 * 60_000;
/** People looked at for the same message from another campaign: a sample is enough for a warning. */
const SAMPLE = 2_000;

/** What the ledger finds odd about a campaign before it is sent. */
export function ledgerWarnings(db: LedgerDatabase, campaign: CampaignRecord, at: number): readonly Problem[] {
  return [...sameName(db, campaign), ...sameMessage(db, campaign, at)];
}

/** The provider groups by campaignName: two campaigns under one name cannot be told apart there. */
function sameName(db: LedgerDatabase, campaign: CampaignRecord): readonly Problem[] {
  if (campaign.campaignName === null) return [];
  const other = db
    .prepare('SELECT name FROM campaigns WHERE workspace = ? AND campaign_name = ? AND id <> ? LIMIT 1')
    .pluck()
    .get(campaign.workspace, campaign.campaignName, campaign.id);
  if (typeof other !== 'string') return [];
  return [{ code: 'warning.same-campaign-name', params: { campaignName: campaign.campaignName, other } }];
}

/** The same template with the same values went to these people a few days ago: a campaign under a new name? */
function sameMessage(db: LedgerDatabase, campaign: CampaignRecord, at: number): readonly Problem[] {
  const row = db
    .prepare(
      `SELECT count(*) AS people, max(o.name) AS other FROM (
         SELECT p.person, c.body, c.header FROM deliveries p JOIN contents c ON c.delivery_id = p.id
         WHERE p.campaign_id = @id AND p.status = 'pending' LIMIT ${SAMPLE}) AS planned
       JOIN deliveries d ON d.person = planned.person AND d.campaign_id <> @id
         AND d.status IN ('accepted', 'uncertain') AND d.last_attempt_at > @since
       JOIN campaigns o ON o.id = d.campaign_id AND o.workspace = @workspace AND o.template = @template
       JOIN contents oc ON oc.delivery_id = d.id AND oc.body = planned.body AND oc.header = planned.header`,
    )
    .get({
      id: campaign.id,
      since: at - WEEK_MS,
      workspace: campaign.workspace,
      template: campaign.template,
    }) as {
    people: number;
    other: string | null;
  };
  if (row.people === 0 || row.other === null) return [];
  return [{ code: 'warning.same-message', params: { people: row.people, other: row.other } }];
}
