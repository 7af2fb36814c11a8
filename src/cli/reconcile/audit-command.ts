import { dirname, join, resolve } from 'node:path';
import { type Audited, auditCampaign } from '../../app/reconcile/audit-campaign.js';
import type { HeldTarget } from '../../app/reconcile/held-target.js';
import type { ListPace } from '../../app/reconcile/settle.js';
import { fileStemOf } from '../../app/workspace.js';
import { type CampaignRecord, SENT_BEFORE } from '../../core/ledger/campaigns.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import type { AuditReport } from '../../core/reconcile-report.js';
import { beginFile, type FileInTheMaking } from '../../files/atomic-file.js';
import { UnwritableFile } from '../../files/unwritable-file.js';
import { auditHead, auditLines } from '../../report/audit.js';
import { noRun } from '../campaign-json.js';
import type { Cli } from '../command.js';
import { bothWantStdout, EXIT } from '../exit-codes.js';
import { sayUnlogged, unloggedJson } from '../problems.js';
import { showReading } from '../progress/show-reading.js';
import { marked } from '../sandbox/marked.js';
import { auditJson } from './reconcile-json.js';

/** `reconcile --audit`: every accepted delivery against the list; what is off goes into a CSV. */
export async function auditCommand(
  held: HeldTarget,
  pace: Omit<ListPace, 'onPage'>,
  output: string | null,
  cli: Cli,
): Promise<Result<number>> {
  const { record } = held;
  const toStdout = output === '-';
  if (toStdout && cli.terminal.json) throw bothWantStdout();
  const path = toStdout
    ? null
    : output === null
      ? join(dirname(record.file), `${fileStemOf(record)}-audit.csv`)
      : resolve(cli.cwd, output);
  const begun =
    path === null ? ok(onStdout(cli)) : await beginFile(path, output === null ? 'plazcast' : 'person');
  if (!begun.ok) return begun;
  const file = begun.value;
  const startedMs = cli.clock.monotonicMs();
  const shown = await showReading(null, cli);
  try {
    await file.write(auditHead());
    const audited = await auditCampaign(held, { ...pace, onPage: shown.onPage }, (findings) =>
      file.write(auditLines(findings, cli.translate)),
    );
    if (!audited.ok) return audited;
    shown.close();
    await file.keep();
    const durationMs = Math.round(cli.clock.monotonicMs() - startedMs);
    return ok(showAudit(audited.value, record, path, { durationMs, stopped: pace.signal.aborted }, cli));
  } catch (error) {
    if (error instanceof UnwritableFile) return failed(...error.problems);
    throw error;
  } finally {
    shown.close();
    await file.discard();
  }
}

/** Takes what goes into a file to stdout. */
function onStdout({ terminal }: Cli): Pick<FileInTheMaking, 'write' | 'discard'> & { keep(): Promise<void> } {
  return {
    write: (piece) => terminal.raw(piece),
    keep: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  };
}

/**
 * Prints what an audit found. Returns its exit code: 1 with findings, an unread recipients file or a list too short, 3 or 5
 * when the list was not read whole, 130 when somebody ended it.
 */
function showAudit(
  audited: Audited,
  record: CampaignRecord,
  path: string | null,
  { durationMs, stopped }: { readonly durationMs: number; readonly stopped: boolean },
  cli: Cli,
): number {
  const { terminal, translate } = cli;
  const { report, unread, counts, unlogged } = audited;
  const interrupted = stopped && !report.scan.complete;
  const problem = interrupted ? INTERRUPTED : report.scan.problem;
  const say = path === null ? terminal.aside : terminal.line;
  const off = sayFindings(audited, record, problem, say, cli);
  if (path !== null) terminal.line(translate('report.written', { path }));
  const exitCode = Math.max(sayUnlogged(unlogged, cli), exitCodeOf(report, off, interrupted));
  if (terminal.json) {
    terminal.document({
      campaign: record.name,
      counts,
      run: noRun(durationMs),
      halted: problem === null ? null : { code: problem.code, message: translate(problem) },
      audit: auditJson(report, translate),
      unread: unread.map((each) => ({ code: each.code, message: translate(each) })),
      report: path,
      ...unloggedJson(unlogged, cli),
      exitCode,
    });
  }
  return exitCode;
}

/** An audit is begun anew, other than settling. */
const INTERRUPTED: Problem = { code: 'audit.interrupted' };

/** Says what was found off, and what was not looked at. Returns how much that is. */
function sayFindings(
  { report, unread, counts }: Audited,
  { workspace, createdAt }: CampaignRecord,
  halted: Problem | null,
  say: (line: string) => void,
  { terminal, translate }: Cli,
): number {
  const found = Object.values(report.findings).reduce((sum, count) => sum + count, 0);
  const { accepted, matched } = report;
  const summary =
    matched === null
      ? translate('audit.partial', { accepted, found })
      : translate('audit.summary', { accepted, matched, found });
  say(marked(summary, workspace));
  for (const [kind, count] of Object.entries(report.findings)) {
    if (count > 0) say(`  ${translate('audit.kind', { count, kind })}`);
  }
  if (unread.length > 0) terminal.aside(translate('audit.unread'));
  for (const problem of unread) terminal.aside(translate(problem));
  const isShort = report.scan.complete && !report.reachesBack && counts.pending > 0;
  const short = createdAt === SENT_BEFORE ? 'audit.no-beginning' : 'audit.too-short';
  if (isShort) say(translate(short, { count: counts.pending }));
  if (report.held > 0) say(translate('audit.held-count', { count: report.held }));
  if (halted !== null) say(translate(halted));
  return found + unread.length + (isShort ? 1 : 0);
}

/** `off`: findings, what kept the recipients file from being looked at, and a list that is too short. */
function exitCodeOf({ scan }: AuditReport, off: number, interrupted: boolean): number {
  if (interrupted) return EXIT.interrupted;
  if (!scan.complete) return scan.pages === 0 ? EXIT.unreachable : EXIT.halted;
  return off > 0 ? EXIT.needsPerson : EXIT.done;
}
