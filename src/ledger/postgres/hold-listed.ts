import type { CampaignIdentity } from '../../core/campaign.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { POSTGRES } from '../sql/dialect.js';
import {
  astraySql,
  type HeldPending,
  type HeldRecord,
  HOLD_BATCH,
  HOLDABLE_PERSONS,
  type Hold,
  heldOf,
  heldPendingSql,
  heldRecordsSql,
  IN_LIST,
  IS_HOLDABLE,
  identitiesOf,
  NO_RUN,
} from '../sql/hold-listed.js';
import { lockedScan } from '../sql/scans.js';
import type { Database, Sql } from './database.js';
import { addEvidence } from './evidence.js';
import type { OwnedWrites } from './owned-writes.js';
import { takeSteps } from './store.js';

interface Holding {
  readonly campaignId: number;
  readonly workspace: string;
  readonly identities: readonly CampaignIdentity[];
  readonly scanId: number;
  readonly recorded: Recorded;
}

/**
 * Whom the list shows although this ledger still means to send to them becomes `uncertain`, so that nobody gets it twice.
 * The attempt is nobody's run; its evidence is the record, or, where it may be of several deliveries, all records that it
 * may be. Returns how many.
 */
export async function holdListed(
  db: Database,
  owned: OwnedWrites,
  { campaignId, workspace }: { readonly campaignId: number; readonly workspace: string },
  { scanId, recorded }: Pick<Holding, 'scanId' | 'recorded'>,
): Promise<number> {
  const identities = await takeSteps(db, identitiesOf(campaignId));
  const holding: Holding = { campaignId, workspace, identities, scanId, recorded };
  let held = 0;
  let after = '';
  for (;;) {
    const wanted = { campaignId, scanId, after, limit: HOLD_BATCH };
    const rows = await db.rows<{ person: string }>(HOLDABLE_PERSONS, wanted);
    const persons = rows.map(({ person }) => person);
    const last = persons.at(-1);
    if (last === undefined) return held;
    after = last;
    held += await owned.transaction((sql) => holdPersons(sql, holding, persons));
  }
}

const RECORDS = heldRecordsSql(POSTGRES);
/** Locked: what is pending here is neither claimed nor taken out before it is held. */
const PENDING = `${heldPendingSql(POSTGRES)} FOR UPDATE OF d`;
const ASTRAY = astraySql(POSTGRES);

async function holdPersons(sql: Sql, holding: Holding, persons: readonly string[]): Promise<number> {
  const { campaignId, workspace, identities, scanId, recorded } = holding;
  const [identity] = identities;
  await takeSteps(sql, lockedScan(POSTGRES, scanId));
  const pending = await sql.rows<HeldPending>(PENDING, { ...identity, campaignId, workspace, persons });
  const records = await sql.rows<HeldRecord>(RECORDS, { scanId, persons });
  const missing = await sql.rows<{ person: string }>(ASTRAY, { ...identity, workspace, scanId, persons });
  const astray = new Set(missing.map(({ person }) => person));
  const { holds, freed } = heldOf(persons, { campaignId, identities, records, pending, astray }, recorded.at);
  if (holds.length > 0) await hold(sql, holding, holds);
  await sql.run('DELETE FROM scan_matches WHERE scan_id = @scanId AND record_id = ANY (@freed::text[])', {
    scanId,
    freed,
  });
  return holds.length;
}

const ATTEMPTS = `
  INSERT INTO attempts (delivery_id, run_id, started_at, ended_at, outcome, live)
  SELECT h.delivery_id, ${NO_RUN}, h.at, CAST(@now AS bigint), 'uncertain', 1
  FROM unnest(@ids::bigint[], @ats::bigint[]) AS h (delivery_id, at)
  RETURNING id AS "attemptId", delivery_id AS "deliveryId"`;
const DELIVERIES = `
  UPDATE deliveries d SET status = 'uncertain', reason = '${IN_LIST}', due_at = 0,
    last_attempt_at = greatest(d.last_attempt_at, h.at), first_attempt_at = least(d.first_attempt_at, h.at)
  FROM unnest(@ids::bigint[], @ats::bigint[]) AS h (delivery_id, at)
  WHERE d.id = h.delivery_id AND ${IS_HOLDABLE}`;

async function hold(sql: Sql, { scanId, recorded }: Holding, holds: readonly Hold[]): Promise<void> {
  const lists = { ids: holds.map(({ deliveryId }) => deliveryId), ats: holds.map(({ at }) => at) };
  const begun = await sql.rows<{ attemptId: number; deliveryId: number }>(ATTEMPTS, {
    ...lists,
    now: recorded.at,
  });
  await sql.run(DELIVERIES, lists);
  const shownOf = new Map(holds.map(({ deliveryId, shown }) => [deliveryId, shown]));
  const evidence = begun.map(({ attemptId, deliveryId }) => ({
    attemptId,
    deliveryId,
    detail: { scanId, audit: true, ...shownOf.get(deliveryId) },
  }));
  await addEvidence(sql, 'listed', evidence, recorded);
}
