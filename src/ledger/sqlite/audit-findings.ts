import type { ListedSend } from '../../core/match.js';
import { personOf } from '../../core/phone.js';
import type { AuditBatch, AuditCursor, AuditFinding } from '../../core/reconcile-ports.js';
import { IN_LIST, identityOf, isOf } from './hold-listed.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';

const BATCH = 500;

/** Whose list was read by which scan; not complete: it did not come to the list's end. */
interface Audited {
  readonly campaignId: number;
  readonly scanId: number;
  readonly complete: boolean;
}

/** A part of the findings: its rows have an `id` and come in its order, those after `@after`. */
interface Part<Row> {
  readonly sql: string;
  readonly findings: (row: Row, audited: Audited, db: LedgerDatabase) => readonly AuditFinding[];
  /** Where the next part begins; null: this is the last. */
  readonly next: AuditCursor | null;
}

/** One batch of what a scan says about a campaign: joined in the database, so memory does not grow with either. */
export function auditFindings(db: LedgerDatabase, audited: Audited, cursor: AuditCursor): AuditBatch {
  const batch = <Row>({ sql, findings, next }: Part<Row>): AuditBatch => {
    const { campaignId, scanId } = audited;
    const rows = prepared(db, sql).all({ campaignId, scanId, after: cursor.after, limit: BATCH }) as Row[];
    const last = rows.at(-1) as { readonly id: number | string } | undefined;
    return {
      findings: rows.flatMap((row) => findings(row, audited, db)),
      next: last === undefined || rows.length < BATCH ? next : { part: cursor.part, after: String(last.id) },
    };
  };
  switch (cursor.part) {
    case 'deliveries':
      return batch(ACCEPTED);
    case 'twice':
      return batch(TWICE);
    case 'unknown':
      return batch(UNKNOWN);
  }
}

interface AcceptedRow {
  phone: string;
  line: number;
  acceptedAt: number | null;
  record: string | null;
}

const ACCEPTED: Part<AcceptedRow> = {
  sql: `
    SELECT d.id, d.phone, d.line, d.last_attempt_at AS acceptedAt, r.record FROM deliveries d
    LEFT JOIN scan_matches m ON m.scan_id = @scanId AND m.kind = 'delivery' AND m.sent_id = d.id AND m.extra = 0
    LEFT JOIN scan_records r ON r.scan_id = m.scan_id AND r.record_id = m.record_id
    WHERE +d.campaign_id = @campaignId AND d.status = 'accepted' AND length(d.person) < 19
      AND d.id > CAST(@after AS INTEGER) ORDER BY d.id LIMIT @limit`,
  findings: ({ phone, line, acceptedAt, record }, { complete }) => {
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
  },
  next: { part: 'twice', after: '' },
};

const TWICE: Part<{ phone: string; line: number; record: string }> = {
  sql: `
    SELECT m.record_id AS id, d.phone, d.line, r.record FROM scan_matches m
    JOIN deliveries d ON d.id = m.sent_id AND d.campaign_id = @campaignId
    JOIN scan_records r ON r.scan_id = m.scan_id AND r.record_id = m.record_id
    WHERE m.scan_id = @scanId AND m.extra = 1 AND m.kind = 'delivery' AND m.record_id > @after
    ORDER BY m.record_id LIMIT @limit`,
  findings: ({ phone, line, record }) => {
    const { id: recordId, createdAt: recordAt } = JSON.parse(record) as ListedSend;
    return [{ finding: 'twice', phone, line, recordId, recordAt, detail: { code: 'audit.twice' } }];
  },
  next: { part: 'unknown', after: '' },
};

const UNKNOWN: Part<{ record: string }> = {
  sql: `
    SELECT r.record_id AS id, r.record FROM scan_records r
    WHERE r.scan_id = @scanId AND r.record IS NOT NULL AND r.record_id > @after AND NOT EXISTS (
      SELECT 1 FROM scan_matches m WHERE m.scan_id = r.scan_id AND m.record_id = r.record_id)
    ORDER BY r.record_id LIMIT @limit`,
  findings: ({ record: text }, { campaignId }, db) => {
    const record = JSON.parse(text) as ListedSend;
    return isOf(identityOf(db, campaignId), record) ? [unknownFinding(db, campaignId, record)] : [];
  },
  next: null,
};

interface KnownRow {
  phone: string;
  line: number;
  status: string;
  reason: string | null;
}

const KNOWN = `
  SELECT phone, line, status, reason FROM deliveries WHERE person = ? AND campaign_id = ? ORDER BY reason IS NOT ?`;

function unknownFinding(db: LedgerDatabase, campaignId: number, record: ListedSend): AuditFinding {
  const delivery = record.numbers
    .map((number) => prepared(db, KNOWN).get(personOf(number), campaignId, IN_LIST))
    .find((row) => row !== undefined) as KnownRow | undefined;
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

/** When the campaign came into this ledger. */
export function openedAt(db: LedgerDatabase, campaignId: number): number {
  return prepared(db, 'SELECT created_at FROM campaigns WHERE id = ?').pluck().get(campaignId) as number;
}

/** How many of the campaign were accepted. */
export function acceptedCount(db: LedgerDatabase, campaignId: number): number {
  const count = "SELECT count(*) FROM deliveries WHERE campaign_id = ? AND status = 'accepted'";
  return prepared(db, count).pluck().get(campaignId) as number;
}
