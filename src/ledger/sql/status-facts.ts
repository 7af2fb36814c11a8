import type { CappedPeople, EvidenceCount, StatusReads } from '../../core/ledger/status.js';
import type { ReasonCount } from '../../core/report-data.js';
import { OPEN_STATUS } from './counts.js';
import { ledgerFigures } from './figures.js';
import { campaignOverviews } from './overview.js';
import { listRuns } from './runs.js';
import { oneRow, rows, type Steps, type Store } from './steps.js';
import type { LeaseSql } from './uncertain.js';
import { listStand } from './unconfirmed.js';
import { whatWouldSettle } from './unsettled.js';

/** What `status` tells of a campaign beside its counts. `leases`: what the database says of the leases of runs. */
export function statusIn(store: Store, leases: LeaseSql): StatusReads {
  const { dialect } = store;
  return {
    overview: () => store.each(campaignOverviews()),
    figures: (at) => store.each(ledgerFigures(at)),
    lastRun: async (campaignId) => (await store.each(listRuns(campaignId, 1)))[0] ?? null,
    runs: (campaignId, most) => store.each(listRuns(campaignId, most)),
    repeatedRows: async (campaignId) =>
      (await store.each(oneRow<{ count: number }>(REPEATED_ROWS, { campaignId }))).count,
    recentRatePerSecond: (runId, at) => store.each(recentRatePerSecond(runId, at)),
    lastAttemptAt: async (runId) =>
      (await store.each(oneRow<{ at: number | null }>(LAST_ATTEMPT_AT, { runId }))).at,
    nextDueAt: async (campaignId) =>
      (await store.each(oneRow<{ at: number | null }>(NEXT_DUE_AT, { campaignId }))).at,
    capped: (campaignId, at) => store.each(cappedPeople(campaignId, at)),
    unreachedReasons: (campaignId) => store.each(rows<ReasonCount>(UNREACHED_REASONS, { campaignId })),
    reasons: (campaignId, most) => store.each(rows<ReasonCount>(ALL_REASONS, { campaignId, most })),
    evidence: (campaignId) => store.each(rows<EvidenceCount>(EVIDENCE_COUNTS, { campaignId })),
    listStand: (campaignId) => store.each(listStand(campaignId)),
    whatWouldSettle: (...asked) => store.each(whatWouldSettle(dialect, leases, ...asked)),
  };
}

/** Who is skipped for `limits.perRecipient`, at a moment. */
export function cappedPeople(campaignId: number, at: number): Steps<CappedPeople> {
  return oneRow<CappedPeople>(CAPPED_PEOPLE, { campaignId, at });
}

/** Requests per second that a run began lately. */
export function* recentRatePerSecond(runId: number, at: number): Steps<number> {
  return rateOf(yield* oneRow<RecentAttempts>(RECENT_ATTEMPTS, recentAsked(runId, at)), at);
}

/** Rows that repeat a person of the file. */
const REPEATED_ROWS = 'SELECT count(*) AS count FROM duplicates WHERE campaign_id = @campaignId';

/** Earliest moment at which a pending delivery of a campaign is due. */
const NEXT_DUE_AT = `
  SELECT min(due_at) AS at FROM deliveries WHERE campaign_id = @campaignId AND status = 'pending'`;

/** Who is skipped for `limits.perRecipient`, at a moment. */
const CAPPED_PEOPLE = `
  SELECT count(*) AS count, min(due_at) FILTER (WHERE due_at > @at) AS "firstAllowedAt"
  FROM deliveries WHERE campaign_id = @campaignId AND status = 'skipped' AND reason = 'capped'`;

/** Why people were refused, given up or left uncertain; most frequent first. Bounded: a provider may make up a code for everybody. */
const UNREACHED_REASONS = `
  SELECT status, coalesce(reason, status) AS reason, error_code AS "errorCode",
    max(error_message) AS "errorMessage", count(*) AS count
  FROM deliveries WHERE campaign_id = @campaignId AND ${OPEN_STATUS} AND status <> 'skipped'
  GROUP BY 1, 2, 3 ORDER BY count DESC, 1, 2, 3 NULLS FIRST LIMIT 1000`;

/** Everybody who got nothing so far, by status, reason and code, with the rows that are no delivery; most frequent first. */
const ALL_REASONS = `
  SELECT status, coalesce(reason, status) AS reason, error_code AS "errorCode",
    max(error_message) AS "errorMessage", count(*) AS count
  FROM deliveries WHERE campaign_id = @campaignId AND ${OPEN_STATUS} GROUP BY 1, 2, 3
  UNION ALL SELECT 'pending', 'pending', NULL, NULL, count(*) FROM deliveries
    WHERE campaign_id = @campaignId AND status = 'pending' HAVING count(*) > 0
  UNION ALL SELECT 'skipped', 'duplicate', NULL, NULL, count(*) FROM duplicates
    WHERE campaign_id = @campaignId HAVING count(*) > 0
  UNION ALL SELECT 'rejected', reason, NULL, NULL, count(*) FROM rejections
    WHERE campaign_id = @campaignId GROUP BY reason
  ORDER BY count DESC, reason LIMIT @most`;

/** The stored evidence of a campaign, by kind. */
const EVIDENCE_COUNTS = `
  SELECT e.kind, count(DISTINCT e.attempt_id) AS count, max(e.recorded_at) AS "lastAt"
  FROM evidence e JOIN deliveries d ON d.id = e.delivery_id
  WHERE d.campaign_id = @campaignId GROUP BY e.kind ORDER BY e.kind`;

/** Over how much time a rate is taken, and how many attempts are looked at for it at most. */
const RATE_WINDOW_MS = 10_000;
const RATE_ATTEMPTS = 20_000;

/** The newest attempts that a run began after `since`. They are read from the end: there is no index on time. */
const RECENT_ATTEMPTS = `
  SELECT count(*) AS count, min(started_at) AS first FROM (
    SELECT run_id, started_at FROM attempts ORDER BY id DESC LIMIT ${RATE_ATTEMPTS}) AS newest
  WHERE run_id = @runId AND started_at > @since AND started_at <= @at`;

/** The last one of a run, among the newest. */
const LAST_ATTEMPT_AT = `
  SELECT max(started_at) AS at FROM (
    SELECT run_id, started_at FROM attempts ORDER BY id DESC LIMIT ${RATE_ATTEMPTS}) AS newest
  WHERE run_id = @runId`;

/** A row of `RECENT_ATTEMPTS`. */
interface RecentAttempts {
  readonly count: number;
  readonly first: number | null;
}

/** What fills `RECENT_ATTEMPTS`. */
function recentAsked(runId: number, at: number) {
  return { runId, at, since: at - RATE_WINDOW_MS };
}

/** Requests per second of these attempts, up to a moment. */
function rateOf({ count, first }: RecentAttempts, at: number): number {
  return first === null || at <= first ? 0 : (count * 1000) / Math.max(1000, at - first);
}
