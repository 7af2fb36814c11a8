import { personOf } from '../../core/phone.js';
import type { AuditBatch, AuditCursor, AuditFinding } from '../../core/reconcile-ports.js';
import {
  AUDIT_BATCH,
  AUDIT_PARTS,
  type AuditRow,
  acceptedFindings,
  type KnownRow,
  knownSql,
  twiceFinding,
  unknownFindings,
  unknownRecords,
} from '../sql/audit-findings.js';
import { POSTGRES } from '../sql/dialect.js';
import type { Sql } from './database.js';
import { identitiesOf } from './hold-listed.js';

/** Whose list was read by which scan; not complete: it did not come to the list's end. */
interface Audited {
  readonly campaignId: number;
  readonly scanId: number;
  readonly complete: boolean;
}

/** One batch of what a scan says about a campaign: joined in the database, so memory does not grow with either. */
export async function auditFindings(
  sql: Sql,
  audited: Audited,
  { part, after }: AuditCursor,
): Promise<AuditBatch> {
  const { campaignId, scanId } = audited;
  const { sql: text, next } = AUDIT_PARTS[part];
  const rows = await sql.rows<AuditRow>(text, { campaignId, scanId, after, limit: AUDIT_BATCH });
  const last = rows.at(-1);
  return {
    findings: await findingsOf(sql, audited, part, rows),
    next: last === undefined || rows.length < AUDIT_BATCH ? next : { part, after: String(last.id) },
  };
}

const KNOWN = knownSql(POSTGRES);

async function findingsOf(
  sql: Sql,
  { campaignId, complete }: Audited,
  part: AuditCursor['part'],
  rows: readonly AuditRow[],
): Promise<readonly AuditFinding[]> {
  switch (part) {
    case 'deliveries':
      return rows.flatMap((row) => acceptedFindings(row, complete));
    case 'twice':
      return rows.map(twiceFinding);
    case 'unknown': {
      const records = unknownRecords(rows, await identitiesOf(sql, campaignId));
      const persons = [...new Set(records.flatMap(({ numbers }) => numbers.map(personOf)))];
      return unknownFindings(records, await sql.rows<KnownRow>(KNOWN, { campaignId, persons }));
    }
  }
}
