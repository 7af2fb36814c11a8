import { type HeldTarget, withHeldTarget } from '../../app/reconcile/held-target.js';
import type { ListPace, Settled } from '../../app/reconcile/settle.js';
import { needsPerson } from '../../core/counts.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import { ok, type Result } from '../../core/problem.js';
import type { ReconcileReport } from '../../core/reconcile-report.js';
import { haltedJson, noRun } from '../campaign-json.js';
import { type Args, type Cli, campaignChoice } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { integerOption } from '../options.js';
import { orLocked, sayUnlogged, unloggedJson } from '../problems.js';
import { listenForStop } from '../send/stop-signals.js';
import { showAccepted } from './accepted-shown.js';
import { auditCommand } from './audit-command.js';
import { declareCommand } from './declare-command.js';
import { settledJson } from './reconcile-json.js';
import { settleShown, showSettled } from './settle-shown.js';

/** `reconcile`: settles what is uncertain by evidence, or by an operator's word, or audits what was accepted. */
export async function reconcileCommand(args: Args, cli: Cli): Promise<number> {
  if (args.text('declare') !== null || args.text('key') !== null || args.texts('phone').length > 0)
    return declareCommand(args, cli);
  const held = await withHeldTarget(campaignChoice(args), args.flag('audit'), cli, (target) =>
    settleOrAudit(args, target, cli),
  );
  return orLocked(held);
}

async function settleOrAudit(args: Args, held: HeldTarget, cli: Cli): Promise<Result<number>> {
  const asked = new AbortController();
  const signals = listenForStop(cli.host, {
    stopping: () => cli.terminal.aside(`\n${cli.translate('list.stopping')}`),
    stoppedHard: () => undefined,
  });
  const stop = AbortSignal.any([signals.stop, asked.signal]);
  try {
    const pagesPerSecond = integerOption(args, 'pages-per-second', 1);
    const pace: Omit<ListPace, 'onPage'> = { pagesPerSecond, signal: stop };
    if (args.flag('audit')) return await auditCommand(held, pace, args.text('output'), cli);
    const startedMs = cli.clock.monotonicMs();
    const settled = await settleShown(held, pace, args.flag('resend-absent'), cli, () => asked.abort());
    if (!settled.ok) return settled;
    const durationMs = Math.round(cli.clock.monotonicMs() - startedMs);
    const interrupted = stop.aborted;
    return ok(ended(settled.value, held.record, { interrupted, durationMs }, cli));
  } finally {
    signals.close();
  }
}

function ended(
  { report, counts, next, unlogged }: Settled,
  record: CampaignRecord,
  { interrupted, durationMs }: { readonly interrupted: boolean; readonly durationMs: number },
  cli: Cli,
): number {
  showSettled(report, cli);
  showAccepted(report, record, cli);
  if (next !== null) cli.terminal.line(cli.translate('reconcile.next-send', { command: next }));
  const least = sayUnlogged(unlogged, cli);
  const exitCode = Math.max(least, exitCodeOf(report, interrupted, needsPerson(counts)));
  const problem = report.scan?.problem ?? null;
  if (cli.terminal.json) {
    cli.terminal.document({
      campaign: record.name,
      counts,
      run: { ...noRun(durationMs), accepted: report.accepted },
      halted:
        problem === null
          ? haltedJson(null, cli.translate)
          : { code: problem.code, message: cli.translate(problem) },
      settled: settledJson(report, cli.translate),
      ...unloggedJson(unlogged, cli),
      exitCode,
    });
  }
  return exitCode;
}

/**
 * A list that could not be read at all is 5, one read in part 3; then the ledger decides. Nobody waits for a word about
 * those who were accepted: where it was read for them alone, it decides nothing.
 */
function exitCodeOf({ scan, uncertain }: ReconcileReport, interrupted: boolean, person: boolean): number {
  if (interrupted) return EXIT.interrupted;
  if (uncertain > 0 && scan !== null && !scan.complete)
    return scan.pages === 0 ? EXIT.unreachable : EXIT.halted;
  return person ? EXIT.needsPerson : EXIT.done;
}
