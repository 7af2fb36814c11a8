import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Reports } from '../../core/ledger/ledger.js';
import type { RunRecord } from '../../core/ledger/runs.js';
import type { ReasonCount, ReportSummary, RunSpan, TimelineMinute } from '../../core/report-data.js';
import { countDeliveries } from './counts.js';
import type { Dialect } from './dialect.js';
import { allEvidence } from './evidence.js';
import { firstMessage } from './plan-facts.js';
import { countRepaired, repairedRows } from './repaired-rows.js';
import { listRuns } from './runs.js';
import { row, rows, type Steps, type Store } from './steps.js';

/** What a report is made of, but for its rows. */
export function reportsIn(store: Store): Omit<Reports, 'rows'> {
  const { dialect } = store;
  return {
    summary: (...asked) => store.each(reportSummary(dialect, ...asked)),
    evidence: (campaignId) => allEvidence(store, campaignId),
    countRepaired: (campaignId) => store.each(countRepaired(dialect, campaignId)),
    firstMessage: (campaignId) => store.each(firstMessage(campaignId)),
  };
}

/** Everything an overview shows that the ledger knows: summed up by the database, whatever the number of recipients. */
export function* reportSummary(
  dialect: Dialect,
  campaign: CampaignRecord,
  workspaceLabel: string,
  at: number,
): Steps<ReportSummary> {
  const { id: campaignId } = campaign;
  const all = <Row>(text: string) => rows<Row>(text, { campaignId });
  return {
    campaign: campaignShown(campaign, workspaceLabel),
    generatedAt: at,
    counts: yield* countDeliveries(campaignId),
    runs: runSpansOf(yield* listRuns(campaignId, MOST_RUNS)),
    timeline: yield* all<TimelineMinute>(TIMELINE),
    reasons: yield* all<ReasonCount>(REASONS),
    countries: yield* all<ReportSummary['countries'][number]>(COUNTRIES),
    attempts: yield* all<ReportSummary['attempts'][number]>(ATTEMPTS),
    latency: latencyOf(yield* row<LatencyRow>(LATENCY, { campaignId })),
    rejections: yield* all<ReportSummary['rejections'][number]>(SHOWN_REJECTIONS),
    repaired: yield* repairedRows(dialect, campaignId),
    cost: null,
    replies: null,
  };
}

/** Runs that a summary has at most: the newest. */
const MOST_RUNS = 500;
const MOST_REJECTIONS = 50;
const MINUTE_MS = 60_000;

/** What was begun each minute, and what came of it. */
const TIMELINE = `
  SELECT a.started_at / ${MINUTE_MS} * ${MINUTE_MS} AS at,
    count(*) FILTER (WHERE a.outcome = 'accepted') AS accepted,
    count(*) FILTER (WHERE a.outcome = 'refused') AS refused,
    count(*) FILTER (WHERE a.outcome IN ('uncertain', 'absent')) AS uncertain,
    count(*) FILTER (WHERE a.outcome = 'deferred') AS deferred
  FROM attempts a JOIN deliveries d ON d.id = a.delivery_id
  WHERE d.campaign_id = @campaignId AND a.on_wire = 1 GROUP BY 1 ORDER BY 1`;

/** Most frequent first, those of the file's rejected rows among them. */
const REASONS = `
  SELECT status, coalesce(reason, status) AS reason, error_code AS "errorCode",
    max(error_message) AS "errorMessage", count(*) AS count
  FROM deliveries WHERE campaign_id = @campaignId AND status <> 'accepted' GROUP BY 1, 2, 3
  UNION ALL SELECT 'skipped', 'duplicate', NULL, NULL, count(*) FROM duplicates
    WHERE campaign_id = @campaignId HAVING count(*) > 0
  UNION ALL SELECT 'rejected', reason, NULL, NULL, count(*) FROM rejections
    WHERE campaign_id = @campaignId GROUP BY reason
  ORDER BY count DESC, reason`;

/** What became of people, by country. */
const COUNTRIES = `
  SELECT country, count(*) AS recipients,
    count(*) FILTER (WHERE status = 'accepted') AS accepted,
    count(*) FILTER (WHERE status IN ('refused', 'exhausted')) AS refused,
    count(*) FILTER (WHERE status = 'uncertain') AS uncertain
  FROM deliveries WHERE campaign_id = @campaignId GROUP BY country ORDER BY recipients DESC, country`;

/** How often was tried, and for how many. */
const ATTEMPTS = `
  SELECT attempts, count(*) AS deliveries FROM deliveries
  WHERE campaign_id = @campaignId AND attempts > 0 GROUP BY attempts ORDER BY attempts`;

/** Percentiles of what was answered, by rank within the sorted durations. */
const LATENCY = `
  WITH took AS (
    SELECT a.ended_at - a.started_at AS ms, row_number() OVER (ORDER BY a.ended_at - a.started_at) AS place,
      count(*) OVER () AS total
    FROM attempts a JOIN deliveries d ON d.id = a.delivery_id
    WHERE d.campaign_id = @campaignId AND a.outcome IN ('accepted', 'refused', 'deferred') AND a.ended_at IS NOT NULL)
  SELECT max(ms) FILTER (WHERE place <= total * 0.5 + 0.5) AS "p50Ms",
    max(ms) FILTER (WHERE place <= total * 0.9 + 0.5) AS "p90Ms",
    max(ms) FILTER (WHERE place <= total * 0.99 + 0.5) AS "p99Ms" FROM took`;

/** The first rejected rows. */
const SHOWN_REJECTIONS = `
  SELECT line, phone, reason, column_name AS "column", value FROM rejections
  WHERE campaign_id = @campaignId ORDER BY line LIMIT ${MOST_REJECTIONS}`;

/** A row of `LATENCY`. */
interface LatencyRow {
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p99Ms: number | null;
}

/** Percentiles; null where nothing was answered. */
function latencyOf(row: LatencyRow | undefined): ReportSummary['latency'] {
  if (row === undefined) return null;
  const { p50Ms, p90Ms, p99Ms } = row;
  return p50Ms === null || p90Ms === null || p99Ms === null ? null : { p50Ms, p90Ms, p99Ms };
}

/** Runs in the order in which they began. */
function runSpansOf(newestFirst: readonly RunRecord[]): readonly RunSpan[] {
  return newestFirst.toReversed().map(({ startedAt, endedAt, ratePerSecond, halt, ending }) => ({
    startedAt,
    endedAt,
    ratePerSecond,
    halted: halt,
    ending,
  }));
}

/** What a summary says of the campaign itself. */
function campaignShown(
  { name, template, type, campaignName }: CampaignRecord,
  workspace: string,
): ReportSummary['campaign'] {
  return { name, template, type, campaignName, workspace };
}
