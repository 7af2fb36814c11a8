import { type Counts, countsOf, type DeliveryStatus } from '../../core/counts.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { CampaignOverview } from '../../core/ledger/status.js';
import { listCampaigns } from './campaign-records.js';
import { OPEN_STATUS } from './counts.js';
import { runOf, type StoredRun } from './runs.js';
import { rows, type Steps } from './steps.js';

/** Every campaign with its counts and its last run, the newest first: a handful of statements, however many there are. */
export function* campaignOverviews(): Steps<readonly CampaignOverview[]> {
  return overviewsOf(
    yield* listCampaigns(null),
    yield* rows<CountedInAll>(COUNTED_IN_ALL),
    yield* rows<LastImport>(LAST_IMPORTS),
    yield* rows<LastRun>(LAST_RUNS),
  );
}

/**
 * What is counted of every campaign in one look: whoever is accepted is not, but what imports brought, of which the accepted
 * are what is left; see `COUNTED`.
 */
export const COUNTED_IN_ALL = `
  SELECT campaign_id AS "campaignId", status AS what, count(*) AS count FROM deliveries
    WHERE ${OPEN_STATUS} GROUP BY campaign_id, status
  UNION ALL SELECT campaign_id, 'pending', count(*) FROM deliveries WHERE status = 'pending' GROUP BY campaign_id
  UNION ALL SELECT r.campaign_id, 'sending', count(*) FROM runs r
    JOIN attempts a ON a.id > r.after_attempt_id AND a.run_id = r.id AND a.outcome = 'in-flight'
    WHERE r.ended_at IS NULL GROUP BY r.campaign_id
  UNION ALL SELECT campaign_id, 'confirmed-' || confirmation, count(*) FROM deliveries
    WHERE confirmation IS NOT NULL GROUP BY campaign_id, confirmation
  UNION ALL SELECT id, 'imported', imported FROM campaigns
  UNION ALL SELECT campaign_id, 'duplicates', count(*) FROM duplicates GROUP BY campaign_id
  UNION ALL SELECT campaign_id, 'rejections', count(*) FROM rejections GROUP BY campaign_id`;

/** A row of it. */
interface CountedInAll {
  readonly campaignId: number;
  readonly what: string;
  readonly count: number;
}

/** When a file was imported last into every campaign that has one. */
export const LAST_IMPORTS =
  'SELECT campaign_id AS "campaignId", max(imported_at) AS "importedAt" FROM imports GROUP BY campaign_id';

/** A row of it. */
export interface LastImport {
  readonly campaignId: number;
  readonly importedAt: number;
}

/** The last run of every campaign. */
export const LAST_RUNS = `
  SELECT r.campaign_id AS "campaignId", r.id, r.pid, r.host, r.started_by AS "by", r.started_at AS "startedAt", r.ended_at AS "endedAt",
    r.rate_per_second AS "ratePerSecond", r.halt, r.ending
  FROM runs r JOIN (SELECT campaign_id, max(id) AS id FROM runs GROUP BY campaign_id) AS last ON last.id = r.id`;

/** A row of it. */
export type LastRun = StoredRun & { readonly campaignId: number };

/** Every campaign with what was read of all of them, in the order of the records. */
export function overviewsOf(
  records: readonly CampaignRecord[],
  counted: readonly CountedInAll[],
  lastImports: readonly LastImport[],
  lastRuns: readonly LastRun[],
): readonly CampaignOverview[] {
  const tallies = new Map<number, Record<string, number>>();
  for (const { campaignId, what, count } of counted)
    tallies.set(campaignId, { ...tallies.get(campaignId), [what]: count });
  const imports = new Map(lastImports.map(({ campaignId, importedAt }) => [campaignId, importedAt]));
  const runs = new Map(lastRuns.map(({ campaignId, ...row }) => [campaignId, runOf(row)]));
  return records.map((record) => {
    const tally = tallies.get(record.id) ?? {};
    const counts = countsOfTally(tally);
    const repeated = tally['duplicates'] ?? 0;
    const importedAt = imports.get(record.id) ?? null;
    return { record, counts, repeated, lastRun: runs.get(record.id) ?? null, importedAt };
  });
}

const KNOWN: readonly DeliveryStatus[] = [
  'pending',
  'sending',
  'uncertain',
  'refused',
  'exhausted',
  'skipped',
];

function countsOfTally(tally: Readonly<Record<string, number>>): Counts {
  const of = (what: string): number => tally[what] ?? 0;
  const known = KNOWN.map((status) => [status, of(status)] as const);
  const left = of('imported') - known.reduce((sum, [, count]) => sum + count, 0);
  const statuses = {
    ...Object.fromEntries(known),
    accepted: left,
    skipped: of('skipped') + of('duplicates'),
  };
  const confirmed = { listed: of('confirmed-listed'), failed: of('confirmed-failed') };
  return countsOf(statuses, of('rejections'), confirmed);
}
