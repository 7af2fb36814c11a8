import { type LeftReason, settlesAt } from '../../core/absence.js';
import type { Translate } from '../../core/problem.js';
import type { AuditReport, ReconcileReport, ScanReport } from '../../core/reconcile-report.js';

/** What settling came to, as `--json` prints it: reasons in words, moments in ISO 8601. */
export function settledJson(
  report: ReconcileReport,
  translate: Translate,
): Readonly<Record<string, unknown>> {
  return {
    ...report,
    leftReasons: report.leftReasons.map((why) => ({ ...reasonJson(why, translate), count: why.count })),
    leftDeliveries: report.leftDeliveries.map(({ reasons, ...delivery }) => ({
      ...delivery,
      reasons: reasons.map((why) => reasonJson(why, translate)),
    })),
    scan: report.scan === null ? null : scanJson(report.scan, translate),
  };
}

/** What an audit came to, likewise. */
export function auditJson(report: AuditReport, translate: Translate): Readonly<Record<string, unknown>> {
  return { ...report, scan: scanJson(report.scan, translate) };
}

/** `until`: the end of the settle time; null: it waits for something else. */
function reasonJson(why: LeftReason, translate: Translate): Readonly<Record<string, unknown>> {
  const until = settlesAt(why);
  return {
    code: why.code,
    message: translate(why),
    until: until === 0 ? null : new Date(until).toISOString(),
  };
}

function scanJson(
  { startedAt, problem, ...scan }: ScanReport,
  translate: Translate,
): Readonly<Record<string, unknown>> {
  return {
    ...scan,
    startedAt: new Date(startedAt).toISOString(),
    problem: problem === null ? null : { code: problem.code, message: translate(problem) },
  };
}
