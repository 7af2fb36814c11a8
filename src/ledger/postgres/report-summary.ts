import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Reports } from '../../core/ledger/ledger.js';
import type { ReasonCount, ReportSummary, TimelineMinute } from '../../core/report-data.js';
import {
  ATTEMPTS,
  COUNTRIES,
  campaignShown,
  LATENCY,
  type LatencyRow,
  latencyOf,
  MOST_RUNS,
  REASONS,
  runSpansOf,
  SHOWN_REJECTIONS,
  TIMELINE,
} from '../sql/report-summary.js';
import type { Sql } from './database.js';
import { firstMessage } from './plan-facts.js';
import { countRepaired, repairedRows } from './repaired-rows.js';
import { reportRows } from './report-rows.js';
import { listRuns } from './run-reads.js';
import { countDeliveries } from './status.js';

/** Everything an overview shows that the ledger knows: summed up by the database, whatever the number of recipients. */
export async function reportSummary(
  sql: Sql,
  campaign: CampaignRecord,
  workspaceLabel: string,
  at: number,
): Promise<ReportSummary> {
  const { id: campaignId } = campaign;
  const all = <Row>(text: string): Promise<readonly Row[]> => sql.rows<Row>(text, { campaignId });
  return {
    campaign: campaignShown(campaign, workspaceLabel),
    generatedAt: at,
    counts: await countDeliveries(sql, campaignId),
    runs: runSpansOf(await listRuns(sql, campaignId, MOST_RUNS)),
    timeline: await all<TimelineMinute>(TIMELINE),
    reasons: await all<ReasonCount>(REASONS),
    countries: await all<ReportSummary['countries'][number]>(COUNTRIES),
    attempts: await all<ReportSummary['attempts'][number]>(ATTEMPTS),
    latency: latencyOf(await sql.row<LatencyRow>(LATENCY, { campaignId })),
    rejections: await all<ReportSummary['rejections'][number]>(SHOWN_REJECTIONS),
    repaired: await repairedRows(sql, campaignId),
    cost: null,
    replies: null,
  };
}

/** What a report is made of. Evidence is settling. */
export function reportsIn(sql: Sql): Omit<Reports, 'evidence'> {
  return {
    summary: (campaign, label, at) => reportSummary(sql, campaign, label, at),
    rows: (campaignId, statuses) => reportRows(sql, campaignId, statuses),
    countRepaired: (campaignId) => countRepaired(sql, campaignId),
    firstMessage: (campaignId) => firstMessage(sql, campaignId),
  };
}
