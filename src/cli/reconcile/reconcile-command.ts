import { withLocks } from '../../app/held-campaign.js';
import { campaignFileOf, type KnownCampaign, knownCampaign } from '../../app/known-campaign.js';
import { nextCommand } from '../../app/status/next-command.js';
import type { Target } from '../../app/target.js';
import { SANDBOX_WORKSPACE } from '../../app/workspace.js';
import { needsPerson } from '../../core/counts.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { ReconcileReport } from '../../run/reconcile.js';
import { haltedJson, noRun } from '../campaign-json.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import { trustedTargetOf } from '../host-trust.js';
import { withLedger } from '../open-ledger-file.js';
import { integerOption } from '../options.js';
import { orFail, orLocked } from '../problems.js';
import { openSandboxTarget } from '../send/sandbox-target.js';
import { onStopSignal } from '../send/stop-signals.js';
import { auditCampaign } from './audit-campaign.js';
import { declareCommand } from './declare-command.js';
import { settleShown, showSettled } from './settle-shown.js';

/** `reconcile`: settles what is uncertain by evidence, or by an operator's word, or audits what was accepted. */
export async function reconcileCommand(args: Args, cli: Cli): Promise<number> {
  return withLedger(cli, 'existing', async (ledger) => {
    const known = orFail(await knownCampaign(args.required('campaign'), args.flag('sandbox'), ledger, cli));
    if (args.text('declare') !== null || args.text('key') !== null || args.texts('phone').length > 0)
      return declareCommand(args, known, ledger, cli);
    return withTarget(known, cli, async (target) =>
      orLocked(
        await withLocks(known.record, target.baseUrl, cli, () =>
          settleOrAudit(args, known, target, ledger, cli),
        ),
      ),
    );
  });
}

/** The place that a campaign goes to; the sandbox is started for a campaign that was sent to it. */
async function withTarget(
  known: KnownCampaign,
  cli: Cli,
  work: (target: Target) => Promise<number>,
): Promise<number> {
  const { campaign } = orFail(await campaignFileOf(known, cli));
  if (known.record.workspace !== SANDBOX_WORKSPACE) return work(orFail(await trustedTargetOf(campaign, cli)));
  const sandbox = await openSandboxTarget(cli);
  try {
    return await work(sandbox.target);
  } finally {
    await sandbox.close();
  }
}

async function settleOrAudit(
  args: Args,
  known: KnownCampaign,
  target: Target,
  ledger: Ledger,
  cli: Cli,
): Promise<number> {
  if (target.workspace !== known.record.workspace) {
    throw new CommandFailure(EXIT.unusable, [
      { code: 'reconcile.other-workspace', params: { name: known.record.name } },
    ]);
  }
  const stop = new AbortController();
  const listenNoMore = onStopSignal(cli.host, () => {
    listenNoMore();
    stop.abort();
  });
  try {
    await ledger.runs.recover(known.record.id, systemClock.now());
    const read = orFail(await campaignFileOf(known, cli));
    const pagesPerSecond = integerOption(args, 'pages-per-second', 1);
    const deps = {
      app: cli,
      ledger,
      read,
      target,
      record: known.record,
      pagesPerSecond,
      signal: stop.signal,
    };
    if (args.flag('audit')) return await auditCampaign(deps, args.text('output'), cli);
    const startedMs = systemClock.monotonicMs();
    const report = await settleShown(deps, args.flag('resend-absent'), cli);
    const durationMs = Math.round(systemClock.monotonicMs() - startedMs);
    return await ended(report, known, { interrupted: stop.signal.aborted, durationMs }, ledger, cli);
  } finally {
    listenNoMore();
  }
}

async function ended(
  report: ReconcileReport,
  { record }: KnownCampaign,
  { interrupted, durationMs }: { readonly interrupted: boolean; readonly durationMs: number },
  ledger: Ledger,
  cli: Cli,
): Promise<number> {
  showSettled(report, cli);
  const counts = await ledger.campaigns.counts(record.id);
  const next =
    report.requeued > 0 ? nextCommand({ record, counts, running: false, notNowForMs: null }, cli) : null;
  if (next !== null) cli.terminal.line(cli.translate('reconcile.next-send', { command: next }));
  const exitCode = exitCodeOf(report, interrupted, needsPerson(counts));
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
      settled: {
        ...report,
        leftReasons: report.leftReasons.map((r) => ({ ...r, message: cli.translate(r) })),
      },
      exitCode,
    });
  }
  return exitCode;
}

/** A list that could not be read at all is 5, one read in part 3; then the ledger decides. */
function exitCodeOf({ scan }: ReconcileReport, interrupted: boolean, person: boolean): number {
  if (interrupted) return EXIT.interrupted;
  if (scan !== null && !scan.complete) return scan.pages === 0 ? EXIT.unreachable : EXIT.halted;
  return person ? EXIT.needsPerson : EXIT.done;
}
