import type { Translate } from '../core/problem.js';
import type { ReportStatus } from '../core/report-data.js';

/** A reason in the reader's words; null: no sentence knows it. The ledger's summary names the status where there is no reason. */
export function reasonWords(translate: Translate, status: ReportStatus, reason: string): string | null {
  const code = `report.reason.${reason}` as const;
  if (translate.knows(code)) return translate(code);
  return reason === '' || reason === status ? translate(`report.status.${status}`) : null;
}
