import type { CampaignIdentity } from '../../core/campaign.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { SQLITE } from '../sql/dialect.js';
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
import { addEvidence } from './evidence.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';
import { takeSteps } from './store.js';

interface Holding {
  readonly campaignId: number;
  readonly workspace: string;
  readonly identities: readonly CampaignIdentity[];
  readonly scanId: number;
  readonly recorded: Recorded;
}

/**
 * Whom the list shows although this ledger still means to send to them becomes `uncertain`, so that nobody gets it twice:
 * an older backup was restored, or somebody sent from elsewhere. The attempt is nobody's run; its evidence is the record, or,
 * where it may be of several deliveries, all records that it may be. Returns how many.
 */
export function holdListed(
  db: LedgerDatabase,
  { campaignId, workspace }: { readonly campaignId: number; readonly workspace: string },
  scanId: number,
  recorded: Recorded,
): number {
  const identities = takeSteps(db, identitiesOf(campaignId));
  const holding: Holding = { campaignId, workspace, identities, scanId, recorded };
  let held = 0;
  let after = '';
  for (;;) {
    const wanted = { campaignId, scanId, after, limit: HOLD_BATCH };
    const persons = prepared(db, HOLDABLE_PERSONS).all(wanted) as { person: string }[];
    const last = persons.at(-1);
    if (last === undefined) return held;
    after = last.person;
    const hold = db.transaction(() =>
      holdPersons(
        db,
        holding,
        persons.map(({ person }) => person),
      ),
    );
    held += hold.immediate();
  }
}

const RECORDS = heldRecordsSql(SQLITE);
const PENDING = heldPendingSql(SQLITE);
const ASTRAY = astraySql(SQLITE);

function holdPersons(db: LedgerDatabase, holding: Holding, persons: readonly string[]): number {
  const { campaignId, workspace, identities, scanId, recorded } = holding;
  const wanted = { ...identities[0], campaignId, workspace, scanId, persons: JSON.stringify(persons) };
  const astray = prepared(db, ASTRAY).all(wanted) as { person: string }[];
  const about = {
    campaignId,
    identities,
    records: prepared(db, RECORDS).all(wanted) as HeldRecord[],
    pending: prepared(db, PENDING).all(wanted) as HeldPending[],
    astray: new Set(astray.map(({ person }) => person)),
  };
  const { holds, freed } = heldOf(persons, about, recorded.at);
  for (const one of holds) hold(db, holding, one);
  const free = prepared(db, 'DELETE FROM scan_matches WHERE scan_id = ? AND record_id = ?');
  for (const id of freed) free.run(scanId, id);
  return holds.length;
}

const ATTEMPT = `
  INSERT INTO attempts (delivery_id, run_id, started_at, ended_at, outcome, live) VALUES (?, ?, ?, ?, 'uncertain', 1)`;
const DELIVERY = `
  UPDATE deliveries AS d SET status = 'uncertain', reason = ?, due_at = 0, last_attempt_at = max(coalesce(last_attempt_at, 0), @at),
    first_attempt_at = min(coalesce(first_attempt_at, @at), @at) WHERE id = @id AND ${IS_HOLDABLE}`;

function hold(db: LedgerDatabase, { scanId, recorded }: Holding, { deliveryId, at, shown }: Hold): void {
  const attempt = prepared(db, ATTEMPT).run(deliveryId, NO_RUN, at, recorded.at);
  prepared(db, DELIVERY).run(IN_LIST, { id: deliveryId, at });
  const about = { deliveryId, attemptId: Number(attempt.lastInsertRowid) };
  addEvidence(db, about, 'listed', { scanId, audit: true, ...shown }, recorded);
}
