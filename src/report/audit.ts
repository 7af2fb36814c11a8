import type { Translate } from '../core/problem.js';
import type { AuditFinding } from '../core/reconcile-ports.js';
import { csvHead, csvLines } from './csv.js';

/** What stands before the findings of an audit. */
export function auditHead(): string {
  return csvHead(['finding', 'phone', 'line', 'record_id', 'record_at', 'detail']);
}

/** Findings of an audit as lines of its CSV; moments in ISO 8601. */
export function auditLines(findings: readonly AuditFinding[], translate: Translate): string {
  const lineOf = csvLines(',');
  return findings
    .map(({ finding, phone, line, recordId, recordAt, detail }) => {
      const at = recordAt === null ? null : new Date(recordAt).toISOString();
      return lineOf([finding, phone, line, recordId, at, translate(detail)]);
    })
    .join('');
}
