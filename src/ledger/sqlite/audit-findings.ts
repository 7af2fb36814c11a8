import type { CampaignIdentity } from '../../core/campaign.js';
import type { ListedSend } from '../../core/match.js';
import { personOf } from '../../core/phone.js';
import type { AuditBatch, AuditCursor, AuditFinding } from '../../core/reconcile-ports.js';
import { IN_LIST, isOf } from './hold-listed.js';
import type { LedgerDatabase } from './open-ledger.js';

const BATCH = 500;

/** One batch of what a scan says about a campaign: joined in the database, so memory does not grow with either. */
export function auditFindings(
  db: LedgerDatabase,
  campaignId: number,
  scanId: number,
  cursor: AuditCursor,
  complete: boolean,
): AuditBatch {
  switch (cursor.part) {
    case 'deliveries':
      return acceptedFindings(db, campaignId, scanId, cursor, complete);
    case 'twice':
      return twiceFindings(db, campaignId, scanId, cursor);
    case 'unknown':
      return unknownFindings(db, campaignId, scanId, cursor);
  }
}

interface AcceptedRow {
  id: number;
  phone: string;
  line: number;
  acceptedAt: number | null;
  record: string | null;
}

function acceptedFindings(
  db: LedgerDatabase,
  campaignId: number,
  scanId: number,
  { after }: AuditCursor,
  complete: boolean,
): AuditBatch {
  const rows = db
    .prepare(
      `SELECT d.id, d.phone, d.line, d.last_attempt_at AS acceptedAt, r.record FROM deliveries d
       LEFT JOIN scan_matches m ON m.scan_id = @scanId AND m.kind = 'delivery' AND m.sent_id = d.id AND m.extra = 0
       LEFT JOIN scan_records r ON r.scan_id = m.scan_id AND r.record_id = m.record_id
       WHERE +d.campaign_id = @campaignId AND d.status = 'accepted' AND length(d.person) < 19 AND d.id > @after ORDER BY d.id LIMIT @limit`,
    )
    .all({ campaignId, scanId, after: Number(after), limit: BATCH }) as AcceptedRow[];
  const findings = rows.flatMap((row) => acceptedFinding(row, complete));
  return {
    findings,
    next: nextOf('deliveries', rows.at(-1)?.id, rows.length) ?? { part: 'twice', after: '' },
  };
}

function acceptedFinding(row: AcceptedRow, complete: boolean): readonly AuditFinding[] {
  const { phone, line, acceptedAt } = row;
  if (row.record === null) {
    // What was not read may still be in the rest of the list.
    if (!complete) return [];
    const detail = { code: 'audit.missing', params: { at: acceptedAt ?? 0 } } as const;
    return [{ finding: 'missing', phone, line, recordId: null, recordAt: null, detail }];
  }
  const record = JSON.parse(row.record) as ListedSend;
  if (record.failed !== true) return [];
  const detail = { code: 'audit.failed', params: { summary: record.summary } } as const;
  return [{ finding: 'failed', phone, line, recordId: record.id, recordAt: record.createdAt, detail }];
}

function twiceFindings(
  db: LedgerDatabase,
  campaignId: number,
  scanId: number,
  { after }: AuditCursor,
): AuditBatch {
  const rows = db
    .prepare(
      `SELECT m.record_id AS id, d.phone, d.line, r.record FROM scan_matches m
       JOIN deliveries d ON d.id = m.sent_id AND d.campaign_id = @campaignId
       JOIN scan_records r ON r.scan_id = m.scan_id AND r.record_id = m.record_id
       WHERE m.scan_id = @scanId AND m.extra = 1 AND m.kind = 'delivery' AND m.record_id > @after
       ORDER BY m.record_id LIMIT @limit`,
    )
    .all({ campaignId, scanId, after, limit: BATCH }) as {
    id: string;
    phone: string;
    line: number;
    record: string;
  }[];
  const findings = rows.map(({ phone, line, record }): AuditFinding => {
    const { id, createdAt } = JSON.parse(record) as ListedSend;
    return {
      finding: 'twice',
      phone,
      line,
      recordId: id,
      recordAt: createdAt,
      detail: { code: 'audit.twice' },
    };
  });
  return { findings, next: nextOf('twice', rows.at(-1)?.id, rows.length) ?? { part: 'unknown', after: '' } };
}

function unknownFindings(
  db: LedgerDatabase,
  campaignId: number,
  scanId: number,
  { after }: AuditCursor,
): AuditBatch {
  const rows = db
    .prepare(
      `SELECT r.record_id AS id, r.record FROM scan_records r
       WHERE r.scan_id = ? AND r.record IS NOT NULL AND r.record_id > ? AND NOT EXISTS (
         SELECT 1 FROM scan_matches m WHERE m.scan_id = r.scan_id AND m.record_id = r.record_id)
       ORDER BY r.record_id LIMIT ?`,
    )
    .all(scanId, after, BATCH) as { id: string; record: string }[];
  const identity = db
    .prepare('SELECT template, type, campaign_name AS campaignName FROM campaigns WHERE id = ?')
    .get(campaignId) as CampaignIdentity;
  const findings = rows
    .map(({ record }) => JSON.parse(record) as ListedSend)
    .filter((record) => isOf(identity, record))
    .map((record) => unknownFinding(db, campaignId, record));
  return { findings, next: nextOf('unknown', rows.at(-1)?.id, rows.length) };
}

interface KnownRow {
  phone: string;
  line: number;
  status: string;
  reason: string | null;
}

function unknownFinding(db: LedgerDatabase, campaignId: number, record: ListedSend): AuditFinding {
  const known = db.prepare(
    'SELECT phone, line, status, reason FROM deliveries WHERE person = ? AND campaign_id = ? ORDER BY reason IS NOT ?',
  );
  const delivery = record.numbers
    .map((number) => known.get(personOf(number), campaignId, IN_LIST))
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

function nextOf(
  part: AuditCursor['part'],
  last: number | string | undefined,
  rows: number,
): AuditCursor | null {
  return rows < BATCH || last === undefined ? null : { part, after: String(last) };
}
