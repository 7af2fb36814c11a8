import { type Counts, countsOf, type DeliveryStatus, type ListedCounts } from '../../core/counts.js';
import { rows, type Steps } from './steps.js';

/**
 * Condition of the index `deliveries_open`: neither on its way nor accepted. A query with several of these statuses
 * names it as it stands, because SQLite takes an index with a condition only where the query has the very same one
 * (https://www.sqlite.org/partialindex.html); a query with a single status of them is understood without it.
 */
export const OPEN_STATUS =
  "(status = 'uncertain' OR status = 'refused' OR status = 'exhausted' OR status = 'skipped')";

/**
 * What is counted of a campaign, in one look. Every status but `accepted` has an index or is rare, so accepted is what is
 * left of what imports brought, and no send has to keep an index for it; whether that adds up is what `BALANCE` asks
 * before a run. `sending` is found through the runs that have not ended: only they can have something in flight.
 */
const COUNTED = `
  SELECT status AS what, count(*) AS count FROM deliveries
  WHERE campaign_id = @campaignId AND ${OPEN_STATUS} GROUP BY status
  UNION ALL SELECT 'pending', count(*) FROM deliveries WHERE campaign_id = @campaignId AND status = 'pending'
  UNION ALL SELECT 'sending', count(*) FROM runs r
    JOIN attempts a ON a.id > r.after_attempt_id AND a.run_id = r.id AND a.outcome = 'in-flight'
    WHERE r.campaign_id = @campaignId AND r.ended_at IS NULL
  UNION ALL SELECT 'imported', imported FROM campaigns WHERE id = @campaignId
  UNION ALL SELECT 'duplicates', count(*) FROM duplicates WHERE campaign_id = @campaignId
  UNION ALL SELECT 'rejections', count(*) FROM rejections WHERE campaign_id = @campaignId
  UNION ALL SELECT 'confirmed-' || confirmation, count(*) FROM deliveries
    WHERE campaign_id = @campaignId AND confirmation IS NOT NULL GROUP BY confirmation`;

/** Counts of a campaign, read from its deliveries: a million rows are counted in milliseconds. */
export function* countDeliveries(campaignId: number): Steps<Counts> {
  return countsFrom(yield* rows<CountedRow>(COUNTED, { campaignId }));
}

const KNOWN_STATUSES = ['pending', 'sending', 'uncertain', 'refused', 'exhausted', 'skipped'] as const;

type Counted =
  | (typeof KNOWN_STATUSES)[number]
  | 'imported'
  | 'duplicates'
  | 'rejections'
  | `confirmed-${keyof ListedCounts}`;

/** A row of `COUNTED`. */
interface CountedRow {
  readonly what: Counted;
  readonly count: number;
}

/** Counts of a campaign; rows that repeat a person count as skipped. */
function countsFrom(rows: readonly CountedRow[]): Counts {
  const counted = new Map(rows.map(({ what, count }) => [what, count]));
  const of = (what: Counted): number => counted.get(what) ?? 0;
  const byStatus: Partial<Record<DeliveryStatus, number>> = {};
  for (const status of KNOWN_STATUSES) byStatus[status] = of(status);
  const known = KNOWN_STATUSES.reduce((sum, status) => sum + of(status), 0);
  byStatus.accepted = of('imported') - known;
  byStatus.skipped = of('skipped') + of('duplicates');
  const confirmed = { listed: of('confirmed-listed'), failed: of('confirmed-failed') };
  return countsOf(byStatus, of('rejections'), confirmed);
}
