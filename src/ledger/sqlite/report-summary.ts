import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { ReasonCount, ReportSummary, RunSpan, TimelineMinute } from '../../core/report-data.js';
import { countDeliveries } from './counts.js';
import type { LedgerDatabase } from './open-ledger.js';
import { repairedRows } from './repaired-rows.js';
import { listRuns } from './runs.js';

const MOST_RUNS = 500;
const MOST_REJECTIONS = 50;
const MINUTE_MS = 60_000;

/** Everything an overview shows that the ledger knows: summed up by SQLite, whatever the number of recipients. */
export function reportSummary(
  db: LedgerDatabase,
  campaign: CampaignRecord,
  workspaceLabel: string,
  at: number,
): ReportSummary {
  const { name, template, type, campaignName } = campaign;
  return {
    campaign: { name, template, type, campaignName, workspace: workspaceLabel },
    generatedAt: at,
    counts: countDeliveries(db, campaign.id),
    runs: runSpans(db, campaign.id),
    timeline: timeline(db, campaign.id),
    reasons: reasons(db, campaign.id),
    countries: countries(db, campaign.id),
    attempts: attempts(db, campaign.id),
    latency: latency(db, campaign.id),
    rejections: rejections(db, campaign.id),
    repaired: repairedRows(db, campaign.id),
    cost: null,
    replies: null,
  };
}

function runSpans(db: LedgerDatabase, campaignId: number): readonly RunSpan[] {
  const runs = [...listRuns(db, campaignId, MOST_RUNS)].reverse();
  return runs.map(({ startedAt, endedAt, ratePerSecond, halt, ending }) => ({
    startedAt,
    endedAt,
    ratePerSecond,
    halted: halt,
    ending,
  }));
}

function timeline(db: LedgerDatabase, campaignId: number): readonly TimelineMinute[] {
  return db
    .prepare(
      `SELECT a.started_at / ${MINUTE_MS} * ${MINUTE_MS} AS at,
         count(*) FILTER (WHERE a.outcome = 'accepted') AS accepted,
         count(*) FILTER (WHERE a.outcome = 'refused') AS refused,
         count(*) FILTER (WHERE a.outcome IN ('uncertain', 'absent')) AS uncertain,
         count(*) FILTER (WHERE a.outcome = 'deferred') AS deferred
       FROM attempts a JOIN deliveries d ON d.id = a.delivery_id
       WHERE d.campaign_id = ? AND a.on_wire = 1 GROUP BY 1 ORDER BY 1`,
    )
    .all(campaignId) as TimelineMinute[];
}

/** Most frequent first, those of the file's rejected rows among them. */
function reasons(db: LedgerDatabase, campaignId: number): readonly ReasonCount[] {
  return db
    .prepare(
      `SELECT status, coalesce(reason, status) AS reason, error_code AS errorCode,
         max(error_message) AS errorMessage, count(*) AS count
       FROM deliveries WHERE campaign_id = @campaignId AND status <> 'accepted' GROUP BY 1, 2, 3
       UNION ALL SELECT 'skipped', 'duplicate', NULL, NULL, count(*) FROM duplicates
         WHERE campaign_id = @campaignId HAVING count(*) > 0
       UNION ALL SELECT 'rejected', reason, NULL, NULL, count(*) FROM rejections
         WHERE campaign_id = @campaignId GROUP BY reason
       ORDER BY count DESC, reason`,
    )
    .all({ campaignId }) as ReasonCount[];
}

function countries(db: LedgerDatabase, campaignId: number): ReportSummary['countries'] {
  return db
    .prepare(
      `SELECT country, count(*) AS recipients,
         count(*) FILTER (WHERE status = 'accepted') AS accepted,
         count(*) FILTER (WHERE status IN ('refused', 'exhausted')) AS refused,
         count(*) FILTER (WHERE status = 'uncertain') AS uncertain
       FROM deliveries WHERE campaign_id = ? GROUP BY country ORDER BY recipients DESC, country`,
    )
    .all(campaignId) as ReportSummary['countries'];
}

function attempts(db: LedgerDatabase, campaignId: number): ReportSummary['attempts'] {
  return db
    .prepare(
      `SELECT attempts, count(*) AS deliveries FROM deliveries
       WHERE campaign_id = ? AND attempts > 0 GROUP BY attempts ORDER BY attempts`,
    )
    .all(campaignId) as ReportSummary['attempts'];
}

/** Percentiles of what was answered, by rank within the sorted durations. */
function latency(db: LedgerDatabase, campaignId: number): ReportSummary['latency'] {
  const row = db
    .prepare(
      `WITH took AS (
         SELECT a.ended_at - a.started_at AS ms, row_number() OVER (ORDER BY a.ended_at - a.started_at) AS place,
           count(*) OVER () AS total
         FROM attempts a JOIN deliveries d ON d.id = a.delivery_id
         WHERE d.campaign_id = ? AND a.outcome IN ('accepted', 'refused', 'deferred') AND a.ended_at IS NOT NULL)
       SELECT max(ms) FILTER (WHERE place <= total * 0.5 + 0.5) AS p50Ms,
         max(ms) FILTER (WHERE place <= total * 0.9 + 0.5) AS p90Ms,
         max(ms) FILTER (WHERE place <= total * 0.99 + 0.5) AS p99Ms FROM took`,
    )
    .get(campaignId) as { p50Ms: number | null; p90Ms: number | null; p99Ms: number | null };
  const { p50Ms, p90Ms, p99Ms } = row;
  return p50Ms === null || p90Ms === null || p99Ms === null ? null : { p50Ms, p90Ms, p99Ms };
}

function rejections(db: LedgerDatabase, campaignId: number): ReportSummary['rejections'] {
  return db
    .prepare(
      `SELECT line, phone, reason, column_name AS "column", value FROM rejections
       WHERE campaign_id = ? ORDER BY line LIMIT ${MOST_REJECTIONS}`,
    )
    .all(campaignId) as ReportSummary['rejections'];
}
