import { personOf } from '../../core/phone.js';
import type { AuditBatch, AuditCursor, AuditFinding } from '../../core/reconcile-ports.js';
import {
  ACCEPTED_COUNT,
  AUDIT_BATCH,
  AUDIT_PARTS,
  type AuditRow,
  acceptedFindings,
  type KnownRow,
  knownSql,
  OPENED_AT,
  twiceFinding,
  unknownFindings,
  unknownRecords,
} from '../sql/audit-findings.js';
import { SQLITE } from '../sql/dialect.js';
import { identitiesOf } from './hold-listed.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';

/** Whose list was read by which scan; not complete: it did not come to the list's end. */
interface Audited {
  readonly campaignId: number;
  readonly scanId: number;
  readonly complete: boolean;
}

/** One batch of what a scan says about a campaign: joined in the database, so memory does not grow with either. */
export function auditFindings(
  db: LedgerDatabase,
  audited: Audited,
  { part, after }: AuditCursor,
): AuditBatch {
  const { campaignId, scanId } = audited;
  const { sql, next } = AUDIT_PARTS[part];
  const rows = prepared(db, sql).all({ campaignId, scanId, after, limit: AUDIT_BATCH }) as AuditRow[];
  const last = rows.at(-1);
  return {
    findings: findingsOf(db, audited, part, rows),
    next: last === undefined || rows.length < AUDIT_BATCH ? next : { part, after: String(last.id) },
  };
}

function findingsOf(
  db: LedgerDatabase,
  { campaignId, complete }: Audited,
  part: AuditCursor['part'],
  rows: readonly AuditRow[],
): readonly AuditFinding[] {
  switch (part) {
    case 'deliveries':
      return rows.flatMap((row) => acceptedFindings(row, complete));
    case 'twice':
      return rows.map(twiceFinding);
    case 'unknown': {
      const records = unknownRecords(rows, identitiesOf(db, campaignId));
      return unknownFindings(
        records,
        knownOf(
          db,
          campaignId,
          records.flatMap(({ numbers }) => numbers),
        ),
      );
    }
  }
}

const KNOWN = knownSql(SQLITE);

function knownOf(db: LedgerDatabase, campaignId: number, numbers: readonly string[]): readonly KnownRow[] {
  const persons = JSON.stringify([...new Set(numbers.map(personOf))]);
  return prepared(db, KNOWN).all({ campaignId, persons }) as KnownRow[];
}

/** When the campaign came into this ledger. */
export function openedAt(db: LedgerDatabase, campaignId: number): number {
  return (prepared(db, OPENED_AT).get({ campaignId }) as { openedAt: number }).openedAt;
}

/** How many of the campaign were accepted. */
export function acceptedCount(db: LedgerDatabase, campaignId: number): number {
  return (prepared(db, ACCEPTED_COUNT).get({ campaignId }) as { accepted: number }).accepted;
}
