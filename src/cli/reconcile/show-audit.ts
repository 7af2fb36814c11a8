import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { AuditReport } from '../../run/audit.js';
import { noRun } from '../campaign-json.js';
import type { Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';

/** Prints what an audit found. Returns its exit code: 1 with findings, 3 or 5 when the list was not read whole. */
export async function showAudit(
  report: AuditReport,
  record: CampaignRecord,
  path: string,
  durationMs: number,
  { campaigns }: Ledger,
  { terminal, translate }: Cli,
): Promise<number> {
  const found = Object.values(report.findings).reduce((sum, count) => sum + count, 0);
  const { accepted, matched } = report;
  terminal.line(
    matched === null
      ? translate('audit.partial', { accepted, found })
      : translate('audit.summary', { accepted, matched, found }),
  );
  for (const [kind, count] of Object.entries(report.findings)) {
    if (count > 0) terminal.line(`  ${translate('audit.kind', { count, kind })}`);
  }
  if (report.held > 0) terminal.line(translate('audit.held-count', { count: report.held }));
  const { problem } = report.scan;
  const halted = problem === null ? null : { code: problem.code, message: translate(problem) };
  if (halted !== null) terminal.line(halted.message);
  terminal.line(translate('report.written', { path }));
  const exitCode = exitCodeOf(report, found);
  if (terminal.json) {
    const counts = await campaigns.counts(record.id);
    const run = noRun(durationMs);
    terminal.document({ campaign: record.name, counts, run, halted, audit: report, report: path, exitCode });
  }
  return exitCode;
}

function exitCodeOf({ scan }: AuditReport, found: number): number {
  if (!scan.complete) return scan.pages === 0 ? EXIT.unreachable : EXIT.halted;
  return found > 0 ? EXIT.needsPerson : EXIT.done;
}
