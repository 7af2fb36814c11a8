import type { CampaignRecord } from '../../core/ledger/campaigns.js';
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
import type { LedgerDatabase } from './open-ledger.js';
import { repairedRows } from './repaired-rows.js';
import { listRuns } from './runs.js';
import { countDeliveries } from './status-facts.js';

/** Everything an overview shows that the ledger knows: summed up by SQLite, whatever the number of recipients. */
export function reportSummary(
  db: LedgerDatabase,
  campaign: CampaignRecord,
  workspaceLabel: string,
  at: number,
): ReportSummary {
  const { id: campaignId } = campaign;
  const all = <Rows>(sql: string): Rows => db.prepare(sql).all({ campaignId }) as Rows;
  return {
    campaign: campaignShown(campaign, workspaceLabel),
    generatedAt: at,
    counts: countDeliveries(db, campaignId),
    runs: runSpansOf(listRuns(db, campaignId, MOST_RUNS)),
    timeline: all<TimelineMinute[]>(TIMELINE),
    reasons: all<ReasonCount[]>(REASONS),
    countries: all<ReportSummary['countries']>(COUNTRIES),
    attempts: all<ReportSummary['attempts']>(ATTEMPTS),
    latency: latencyOf(db.prepare(LATENCY).get({ campaignId }) as LatencyRow),
    rejections: all<ReportSummary['rejections']>(SHOWN_REJECTIONS),
    repaired: repairedRows(db, campaignId),
    cost: null,
    replies: null,
  };
}
