import type { ControlObserver } from '../../app/reconcile/control-message.js';
import { type SettleDeps, settle } from '../../app/reconcile/settle.js';
import type { ReconcileReport } from '../../run/reconcile.js';
import type { Cli } from '../command.js';
import { orFail, printProblems } from '../problems.js';
import { showReading } from '../progress/show-reading.js';
import { detailOf } from '../test-send/test-outcome.js';

/** Settles and shows how far the list is read; asks on a terminal whether those proven absent are sent again. */
export async function settleShown(
  deps: Omit<SettleDeps, 'onPage'>,
  resendAbsent: boolean,
  cli: Cli,
): Promise<ReconcileReport> {
  const { uncertain } = await deps.ledger.campaigns.counts(deps.record.id);
  const shown = await showReading(uncertain, cli);
  const ask = (count: number): Promise<boolean> => {
    shown.close();
    return askResend(count, cli);
  };
  try {
    const resend = { absent: resendAbsent, ask: cli.terminal.canAsk ? ask : null };
    return orFail(await settle({ ...deps, onPage: shown.onPage, control: controlShown(cli) }, resend));
  } finally {
    shown.close();
  }
}

/** Asks whether those proven absent are sent again. `signal` takes the question back: then they are not. */
export async function askResend(
  count: number,
  { say, terminal }: Cli,
  signal?: AbortSignal,
): Promise<boolean> {
  const { confirm } = await import('@inquirer/prompts');
  const message = say('reconcile.ask-resend', { count });
  const context = { ...terminal.asks, ...(signal === undefined ? {} : { signal }) };
  return confirm({ message, default: false }, context).catch(() => false);
}

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

/** Says what becomes of the test message that settling sends to one's own phone. */
export function controlShown({ terminal, say, cwd }: Cli): ControlObserver {
  return {
    suppressed: (phone) => terminal.line(say('control.suppressed', { phone })),
    sending: (phone, count) => terminal.line(say('control.sending', { phone, count })),
    ended: (phone, { kind, answer }) =>
      terminal.line(
        kind === 'accepted'
          ? say('control.accepted')
          : say('control.not-accepted', { phone, detail: detailOf(answer) }),
      ),
    failed: (problems) => printProblems(problems, terminal, say, cwd),
  };
}
