import { type Counts, countsOf, type DeliveryStatus } from '../../core/counts.js';
import type { CampaignOverview } from '../../core/ledger/overview.js';
import { listCampaigns } from './campaign-records.js';
import { OPEN_STATUS } from './counts.js';
import type { LedgerDatabase } from './open-ledger.js';
import { type RunRow, runOf } from './runs.js';

/**
 * Every campaign with its counts and its last run, the newest first: a handful of statements, however many campaigns there
 * are. Whoever is accepted is not counted, but what is left of those that imports brought: see `countDeliveries`.
 */
export function campaignOverviews(db: LedgerDatabase): readonly CampaignOverview[] {
  const records = listCampaigns(db, null);
  const statuses = tallies(db, BY_STATUS);
  const confirmed = tallies(db, CONFIRMED);
  const duplicates = tallies(db, rowsIn('duplicates'));
  const rejected = tallies(db, rowsIn('rejections'));
  const facts = new Map((db.prepare(FACTS).all() as Facts[]).map((row) => [row.campaign_id, row]));
  const runs = new Map((db.prepare(LAST_RUNS).all() as RunRow[]).map((row) => [row.campaign_id, runOf(row)]));
  return records.map((record) => {
    const { id } = record;
    const { imported = 0, imported_at: importedAt = null } = facts.get(id) ?? {};
    const tally = { statuses: statuses.get(id), confirmed: confirmed.get(id), imported };
    const counts = countsFrom(tally, duplicates.get(id)?.['rows'] ?? 0, rejected.get(id)?.['rows'] ?? 0);
    return { record, counts, lastRun: runs.get(id) ?? null, importedAt };
  });
}

interface Facts {
  readonly campaign_id: number;
  readonly imported: number;
  readonly imported_at: number | null;
}

type Tally = Readonly<Record<string, number>>;

function countsFrom(
  tally: {
    readonly statuses: Tally | undefined;
    readonly confirmed: Tally | undefined;
    readonly imported: number;
  },
  duplicates: number,
  rejected: number,
): Counts {
  const known: Partial<Record<DeliveryStatus, number>> = { ...tally.statuses };
  const sum = Object.values(known).reduce((total, count) => total + count, 0);
  const all = { ...known, accepted: tally.imported - sum, skipped: (known.skipped ?? 0) + duplicates };
  const { listed = 0, failed = 0 } = tally.confirmed ?? {};
  return countsOf(all, rejected, { listed, failed });
}

function tallies(db: LedgerDatabase, sql: string): ReadonlyMap<number, Tally> {
  const found = new Map<number, Record<string, number>>();
  for (const { campaign_id: id, what, count } of db.prepare(sql).all() as Tallied[])
    found.set(id, { ...found.get(id), [what]: count });
  return found;
}

interface Tallied {
  readonly campaign_id: number;
  readonly what: string;
  readonly count: number;
}

const BY_STATUS = `
  SELECT campaign_id, status AS what, count(*) AS count FROM deliveries WHERE ${OPEN_STATUS} GROUP BY campaign_id, status
  UNION ALL SELECT campaign_id, 'pending', count(*) FROM deliveries WHERE status = 'pending' GROUP BY campaign_id
  UNION ALL SELECT r.campaign_id, 'sending', count(*) FROM runs r
    JOIN attempts a ON a.id > r.after_attempt_id AND a.run_id = r.id AND a.outcome = 'in-flight'
    WHERE r.ended_at IS NULL GROUP BY r.campaign_id`;

const CONFIRMED = `
  SELECT campaign_id, confirmation AS what, count(*) AS count FROM deliveries
  WHERE confirmation IS NOT NULL GROUP BY campaign_id, confirmation`;

function rowsIn(table: 'duplicates' | 'rejections'): string {
  return `SELECT campaign_id, 'rows' AS what, count(*) AS count FROM ${table} GROUP BY campaign_id`;
}

const FACTS = `
  SELECT c.id AS campaign_id, c.imported, max(i.imported_at) AS imported_at
  FROM campaigns c LEFT JOIN imports i ON i.campaign_id = c.id GROUP BY c.id, c.imported`;

const LAST_RUNS = `
  SELECT r.campaign_id, r.id, r.pid, r.host, r.started_at, r.ended_at, r.rate_per_second, r.halt, r.ending
  FROM runs r JOIN (SELECT campaign_id, max(id) AS id FROM runs GROUP BY campaign_id) AS last ON last.id = r.id`;
