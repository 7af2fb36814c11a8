import type { CampaignIdentity } from '../../core/campaign.js';
import type { ListedSend } from '../../core/match.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { addEvidence } from './evidence.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';

/** The reason of a delivery that an audit found in the list although this ledger had not sent it. */
export const IN_LIST = 'in-list';
/** Stands in an attempt for the run that it was not part of: somebody else's POST. */
const NO_RUN = 0;
const BATCH = 200;

/** Persons of a scan with something pending in the campaign, in order. */
const PERSONS = `
  SELECT DISTINCT p.person FROM scan_persons p
  CROSS JOIN deliveries d ON d.person = p.person AND d.campaign_id = @campaignId AND d.status = 'pending'
  WHERE p.scan_id = @scanId AND p.person > @after ORDER BY p.person LIMIT @limit`;

/** Records of a person with their owners: records that are one too many for their owner count as nobody's. */
const RECORDS = `
  SELECT r.record_id AS id, r.created_at AS at, r.record, o.id AS ownerId, o.status AS ownerStatus, m.kind
  FROM scan_persons p JOIN scan_records r ON r.scan_id = p.scan_id AND r.record_id = p.record_id
  LEFT JOIN scan_matches m ON m.scan_id = r.scan_id AND m.record_id = r.record_id AND m.extra = 0
  LEFT JOIN deliveries o ON m.kind = 'delivery' AND o.id = m.sent_id
  WHERE p.scan_id = ? AND p.person = ? AND r.record IS NOT NULL ORDER BY r.created_at, r.record_id`;

/** What is pending for a person under the names of a campaign, in it and in others: they cannot be told apart in the list. */
const PENDING = `
  SELECT d.id, d.campaign_id AS campaignId FROM deliveries d
  JOIN campaigns c ON c.id = d.campaign_id AND c.workspace = @workspace AND c.template = @template AND c.type = @type
    AND c.campaign_name IS @campaignName
  WHERE d.person = @person AND d.status = 'pending' ORDER BY d.id`;

/** A message of this template that was taken by its answer, and whose record this scan did not find. */
const ASTRAY = `
  SELECT EXISTS (
    SELECT 1 FROM deliveries d
    JOIN campaigns c ON c.id = d.campaign_id AND c.workspace = @workspace AND c.template = @template
    JOIN attempts a ON a.delivery_id = d.id AND a.outcome = 'accepted'
    LEFT JOIN scan_matches m ON m.scan_id = @scanId AND m.kind = 'delivery' AND m.sent_id = d.id AND m.extra = 0
    WHERE d.person = @person AND m.record_id IS NULL
    UNION ALL
    SELECT 1 FROM test_sends t
    LEFT JOIN scan_matches m ON m.scan_id = @scanId AND m.kind = 'test' AND m.sent_id = t.id AND m.extra = 0
    WHERE t.workspace = @workspace AND t.person = @person AND t.template = @template AND t.outcome = 'accepted'
      AND m.record_id IS NULL)`;

interface RecordRow {
  id: string;
  at: number | null;
  record: string;
  kind: 'delivery' | 'test' | null;
  ownerId: number | null;
  ownerStatus: string | null;
}

interface Holding extends CampaignIdentity {
  readonly campaignId: number;
  readonly workspace: string;
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
  const holding: Holding = { ...identityOf(db, campaignId), campaignId, workspace, scanId, recorded };
  let held = 0;
  let after = '';
  for (;;) {
    const persons = prepared(db, PERSONS).all({ campaignId, scanId, after, limit: BATCH }) as {
      person: string;
    }[];
    const last = persons.at(-1);
    if (last === undefined) return held;
    after = last.person;
    db.transaction(() => {
      for (const { person } of persons) held += holdPerson(db, holding, person);
    }).immediate();
  }
}

function holdPerson(db: LedgerDatabase, holding: Holding, person: string): number {
  const { scanId, campaignId, workspace, template, type, campaignName } = holding;
  const records = (prepared(db, RECORDS).all(scanId, person) as RecordRow[]).filter(
    (row) => isFree(row) && isOf(holding, JSON.parse(row.record) as ListedSend),
  );
  if (records.length === 0) return 0;
  const named = { workspace, template, type, campaignName, person };
  const pending = prepared(db, PENDING).all(named) as { id: number; campaignId: number }[];
  const own = pending.filter((delivery) => delivery.campaignId === campaignId);
  // A clock that was set moves records: a free one may be of a message that misses its own.
  const isAstray = prepared(db, ASTRAY).pluck().get({ scanId, workspace, template, person }) === 1;
  const certain = records.length >= pending.length && !isAstray;
  for (const [index, { id }] of own.entries()) {
    const record = records[index];
    hold(db, holding, id, certain && record !== undefined ? [record] : records, certain);
  }
  const free = prepared(db, 'DELETE FROM scan_matches WHERE scan_id = ? AND record_id = ?');
  for (const { id } of certain ? records.slice(0, own.length) : records) free.run(scanId, id);
  return own.length;
}

const IDENTITY = 'SELECT template, type, campaign_name AS campaignName FROM campaigns WHERE id = ?';

/** The names under which the campaign's messages stand in the list. */
export function identityOf(db: LedgerDatabase, campaignId: number): CampaignIdentity {
  return prepared(db, IDENTITY).get(campaignId) as CampaignIdentity;
}

/** Whether a record says that it belongs to this campaign: template, and the campaign name where there is one. */
export function isOf({ template, campaignName }: CampaignIdentity, record: ListedSend): boolean {
  if (!record.templates.includes(template)) return false;
  if (campaignName !== null) return record.campaignNames.includes(campaignName);
  return record.campaignNames.length === 0 && (record.type === null || record.type === 2);
}

/** Nobody's, or of a delivery that is about to be sent again. */
function isFree({ kind, ownerStatus }: RecordRow): boolean {
  return kind === null || ownerStatus === 'pending';
}

const ATTEMPT = `
  INSERT INTO attempts (delivery_id, run_id, started_at, ended_at, outcome, live) VALUES (?, ?, ?, ?, 'uncertain', 1)`;
const DELIVERY = `
  UPDATE deliveries SET status = 'uncertain', reason = ?, due_at = 0, last_attempt_at = max(coalesce(last_attempt_at, 0), @at),
    first_attempt_at = min(coalesce(first_attempt_at, @at), @at) WHERE id = @id AND status = 'pending'`;

function hold(
  db: LedgerDatabase,
  { scanId, recorded }: Holding,
  deliveryId: number,
  records: readonly RecordRow[],
  certain: boolean,
): void {
  const times = records.map(({ at }) => at ?? recorded.at);
  const at = Math.min(recorded.at, ...times);
  const attempt = prepared(db, ATTEMPT).run(deliveryId, NO_RUN, at, recorded.at);
  prepared(db, DELIVERY).run(IN_LIST, { id: deliveryId, at });
  const found = records.map(({ record }) => JSON.parse(record) as ListedSend);
  const about = { deliveryId, attemptId: Number(attempt.lastInsertRowid) };
  const shown = certain ? { record: found[0] } : { candidates: found };
  addEvidence(db, about, 'listed', { scanId, audit: true, ...shown }, recorded);
}

const SEEN_BEFORE = `
  SELECT DISTINCT e.attempt_id AS id FROM json_each(?) AS wanted
  CROSS JOIN evidence e ON e.attempt_id = wanted.value AND e.kind = 'listed'`;

/** Those of these attempts that a list showed once: whatever it shows later, they are not absent. */
export function listedBefore(db: LedgerDatabase, attemptIds: readonly number[]): readonly number[] {
  const rows = prepared(db, SEEN_BEFORE).all(JSON.stringify(attemptIds)) as { id: number }[];
  return rows.map(({ id }) => id);
}
