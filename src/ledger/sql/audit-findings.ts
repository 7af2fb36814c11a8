import type { CampaignIdentity } from '../../core/campaign.js';
import type { ListedSend } from '../../core/match.js';
import { personOf } from '../../core/phone.js';
import type { AuditBatch, AuditCursor, AuditFinding } from '../../core/reconcile-ports.js';
import type { Dialect } from './dialect.js';
import { IN_LIST, identitiesOf, isOfAny } from './hold-listed.js';
import { oneRow, rows, type Steps } from './steps.js';

/** Whose list was read by which scan; not complete: it did not come to the list's end. */
interface Audited {
  readonly campaignId: number;
  readonly scanId: number;
  readonly complete: boolean;
}

/** One batch of what a scan says about a campaign: joined in the database, so memory does not grow with either. */
export function* auditFindings(
  dialect: Dialect,
  audited: Audited,
  { part, after }: AuditCursor,
): Steps<AuditBatch> {
  const { campaignId, scanId } = audited;
  const { sql, next } = AUDIT_PARTS[part];
  const found = yield* rows<AuditRow>(sql, { campaignId, scanId, after, limit: AUDIT_BATCH });
  const last = found.at(-1);
  return {
    findings: yield* findingsOf(dialect, audited, part, found),
    next: last === undefined || found.length < AUDIT_BATCH ? next : { part, after: String(last.id) },
  };
}

function* findingsOf(
  dialect: Dialect,
  { campaignId, complete }: Audited,
  part: AuditCursor['part'],
  found: readonly AuditRow[],
): Steps<readonly AuditFinding[]> {
  switch (part) {
    case 'deliveries':
      return found.flatMap((row) => acceptedFindings(row, complete));
    case 'twice':
      return found.map(twiceFinding);
    case 'unknown': {
      const records = unknownRecords(found, yield* identitiesOf(campaignId));
      const persons = [...new Set(records.flatMap(({ numbers }) => numbers.map(personOf)))];
      return unknownFindings(records, yield* rows<KnownRow>(knownSql(dialect), { campaignId, persons }));
    }
  }
}

/** When the campaign came into this ledger. */
export function* openedAt(campaignId: number): Steps<number> {
  return (yield* oneRow<{ openedAt: number }>(OPENED_AT, { campaignId })).openedAt;
}

/** How many of the campaign were accepted. */
export function* acceptedCount(campaignId: number): Steps<number> {
  return (yield* oneRow<{ accepted: number }>(ACCEPTED_COUNT, { campaignId })).accepted;
}

/** Rows of a part at a time. */
const AUDIT_BATCH = 500;

/** A part of the findings: its rows have an `id` and come in its order, those after `@after`. */
interface AuditPart {
  readonly sql: string;
  /** Where the next part begins; null: this is the last. */
  readonly next: AuditCursor | null;
}

/** The parts, each with what its rows are: accepted deliveries, records too many for their owner, records of nobody. */
const AUDIT_PARTS: Readonly<Record<AuditCursor['part'], AuditPart>> = {
  deliveries: {
    sql: `
      SELECT d.id, d.phone, d.line, d.last_attempt_at AS "acceptedAt", r.record FROM deliveries d
      LEFT JOIN scan_matches m ON m.scan_id = @scanId AND m.kind = 'delivery' AND m.sent_id = d.id AND m.extra = 0
      LEFT JOIN scan_records r ON r.scan_id = m.scan_id AND r.record_id = m.record_id
      WHERE +d.campaign_id = @campaignId AND d.status = 'accepted' AND length(d.person) < 19
        AND d.id > CAST(@after AS bigint) ORDER BY d.id LIMIT @limit`,
    next: { part: 'twice', after: '' },
  },
  twice: {
    sql: `
      SELECT m.record_id AS id, d.phone, d.line, r.record FROM scan_matches m
      JOIN deliveries d ON d.id = m.sent_id AND d.campaign_id = @campaignId
      JOIN scan_records r ON r.scan_id = m.scan_id AND r.record_id = m.record_id
      WHERE m.scan_id = @scanId AND m.extra = 1 AND m.kind = 'delivery' AND m.record_id > @after
      ORDER BY m.record_id LIMIT @limit`,
    next: { part: 'unknown', after: '' },
  },
  unknown: {
    sql: `
      SELECT r.record_id AS id, r.record FROM scan_records r
      WHERE r.scan_id = @scanId AND r.record IS NOT NULL AND r.record_id > @after AND NOT EXISTS (
        SELECT 1 FROM scan_matches m WHERE m.scan_id = r.scan_id AND m.record_id = r.record_id)
      ORDER BY r.record_id LIMIT @limit`,
    next: null,
  },
};

/** A row of a part. */
interface AuditRow {
  readonly id: number | string;
  readonly record: string | null;
  readonly phone: string;
  readonly line: number;
  readonly acceptedAt: number | null;
}

/** What is wrong with an accepted delivery. `complete`: the list was read to its end, so that it may be called missing. */
function acceptedFindings(row: AuditRow, complete: boolean): readonly AuditFinding[] {
  const { record, phone, line, acceptedAt } = row;
  if (record === null) {
    // What was not read may still be in the rest of the list.
    if (!complete) return [];
    const detail = { code: 'audit.missing', params: { at: acceptedAt ?? 0 } } as const;
    return [{ finding: 'missing', phone, line, recordId: null, recordAt: null, detail }];
  }
  const { id: recordId, createdAt: recordAt, failed, summary } = JSON.parse(record) as ListedSend;
  if (failed !== true) return [];
  const detail = { code: 'audit.failed', params: { summary } } as const;
  return [{ finding: 'failed', phone, line, recordId, recordAt, detail }];
}

/** A record that somebody got beside their own. */
function twiceFinding({ record, phone, line }: AuditRow): AuditFinding {
  const { id: recordId, createdAt: recordAt } = JSON.parse(String(record)) as ListedSend;
  return { finding: 'twice', phone, line, recordId, recordAt, detail: { code: 'audit.twice' } };
}

/** The records of nobody that say that they belong to the campaign. */
function unknownRecords(
  rows: readonly AuditRow[],
  identities: readonly CampaignIdentity[],
): readonly ListedSend[] {
  return rows
    .map(({ record }) => JSON.parse(String(record)) as ListedSend)
    .filter((record) => isOfAny(identities, record));
}

/** Deliveries of the campaign to `@persons`; of several of a person, one that is held for its record comes first. */
function knownSql({ texts }: Dialect): string {
  return `
    SELECT d.person, d.phone, d.line, d.status, d.reason FROM ${texts('persons')} CROSS JOIN deliveries d
    WHERE d.person = wanted.value AND d.campaign_id = @campaignId
    ORDER BY CASE WHEN d.reason = '${IN_LIST}' THEN 0 ELSE 1 END, d.id`;
}

/** A delivery of somebody whom a record of nobody names. */
interface KnownRow {
  readonly person: string;
  readonly phone: string;
  readonly line: number;
  readonly status: string;
  readonly reason: string | null;
}

/** What is to be said of each such record. */
function unknownFindings(
  records: readonly ListedSend[],
  known: readonly KnownRow[],
): readonly AuditFinding[] {
  const first = new Map<string, KnownRow>();
  for (const row of known) if (!first.has(row.person)) first.set(row.person, row);
  return records.map((record) => {
    const persons = record.numbers.map(personOf);
    return unknownFinding(
      record,
      persons.map((person) => first.get(person)).find((row) => row !== undefined),
    );
  });
}

function unknownFinding(record: ListedSend, delivery: KnownRow | undefined): AuditFinding {
  const { id: recordId, createdAt: recordAt } = record;
  const found = { finding: 'unknown', recordId, recordAt } as const;
  if (delivery === undefined) {
    return { ...found, phone: record.numbers[0] ?? null, line: null, detail: { code: 'audit.unknown' } };
  }
  const { phone, line, status, reason } = delivery;
  if (status === 'uncertain' && reason === IN_LIST)
    return { ...found, phone, line, detail: { code: 'audit.held' } };
  return { ...found, phone, line, detail: { code: 'audit.unknown-status', params: { status } } };
}

const OPENED_AT = 'SELECT created_at AS "openedAt" FROM campaigns WHERE id = @campaignId';
const ACCEPTED_COUNT =
  "SELECT count(*) AS accepted FROM deliveries WHERE campaign_id = @campaignId AND status = 'accepted'";
