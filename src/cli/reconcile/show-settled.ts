import type { ReconcileReport } from '../../run/reconcile.js';
import type { Cli } from '../command.js';

/** Prints what settling came to, and why the rest stays uncertain. */
export function showSettled(report: ReconcileReport, { say, terminal, ...cli }: Cli): void {
  if (report.uncertain === 0) {
    terminal.line(say('reconcile.nothing'));
    return;
  }
  const { uncertain, accepted, failed, provenAbsent, requeued, left, scan } = report;
  if (scan !== null) terminal.line(say('reconcile.scanned', { pages: scan.pages, records: scan.records }));
  terminal.line(
    terminal.colours.bold(say('reconcile.summary', { uncertain, accepted, provenAbsent, requeued, left })),
  );
  if (failed > 0) terminal.line(say('reconcile.failed', { count: failed }));
  if (scan?.problem) terminal.line(`${terminal.colours.yellow(say('cli.note'))} ${say(scan.problem)}`);
  for (const reason of report.leftReasons) {
    terminal.line(`  ${new Intl.NumberFormat(cli.language).format(reason.count)} × ${say(reason)}`);
  }
}
