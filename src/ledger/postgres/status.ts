import type { Counts } from '../../core/counts.js';
import type { CappedPeople, EvidenceCount, StatusReads } from '../../core/ledger/status.js';
import type { ReasonCount } from '../../core/report-data.js';
import { COUNTED, type CountedRow, countsFrom } from '../sql/counts.js';
import {
  ALL_REASONS,
  CAPPED_PEOPLE,
  EVIDENCE_COUNTS,
  NEXT_DUE_AT,
  RECENT_ATTEMPTS,
  REPEATED_ROWS,
  type RecentAttempts,
  rateOf,
  recentAsked,
  UNREACHED_REASONS,
} from '../sql/status-facts.js';
import type { Sql } from './database.js';
import { campaignOverviews, ledgerFigures } from './overview.js';
import { listRuns } from './run-reads.js';

/** What `status` tells of a campaign beside its counts. What was settled, and would be, is settling. */
export function statusIn(sql: Sql): Omit<StatusReads, 'listStand' | 'whatWouldSettle'> {
  return {
    overview: () => campaignOverviews(sql),
    figures: (at) => ledgerFigures(sql, at),
    runs: (campaignId, most) => listRuns(sql, campaignId, most),
    reasons: (campaignId, most) => sql.rows<ReasonCount>(ALL_REASONS, { campaignId, most }),
    lastRun: async (campaignId) => (await listRuns(sql, campaignId, 1))[0] ?? null,
    repeatedRows: async (campaignId) =>
      (await sql.row<{ count: number }>(REPEATED_ROWS, { campaignId }))?.count ?? 0,
    recentRatePerSecond: async (runId, at) => {
      const recent = await sql.row<RecentAttempts>(RECENT_ATTEMPTS, recentAsked(runId, at));
      return recent === undefined ? 0 : rateOf(recent, at);
    },
    nextDueAt: async (campaignId) =>
      (await sql.row<{ at: number | null }>(NEXT_DUE_AT, { campaignId }))?.at ?? null,
    capped: async (campaignId, at) =>
      (await sql.row<CappedPeople>(CAPPED_PEOPLE, { campaignId, at })) ?? { count: 0, firstAllowedAt: null },
    unreachedReasons: (campaignId) => sql.rows<ReasonCount>(UNREACHED_REASONS, { campaignId }),
    evidence: (campaignId) => sql.rows<EvidenceCount>(EVIDENCE_COUNTS, { campaignId }),
  };
}

/** Counts of a campaign, read from its deliveries in one look. */
export async function countDeliveries(sql: Sql, campaignId: number): Promise<Counts> {
  return countsFrom(await sql.rows<CountedRow>(COUNTED, { campaignId }));
}
