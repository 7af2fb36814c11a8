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
  { translate, terminal }: Cli,
  signal?: AbortSignal,
): Promise<boolean> {
  const { confirm } = await import('@inquirer/prompts');
  const message = translate('reconcile.ask-resend', { count });
  const context = { ...terminal.asks, ...(signal === undefined ? {} : { signal }) };
  return confirm({ message, default: false }, context).catch(() => false);
}

/** Prints what settling came to, and why the rest stays uncertain. */
export function showSettled(report: ReconcileReport, { translate, terminal, ...cli }: Cli): void {
  if (report.uncertain === 0) {
    terminal.line(translate('reconcile.nothing'));
    return;
  }
  const { uncertain, accepted, failed, provenAbsent, requeued, left, scan } = report;
  if (scan !== null)
    terminal.line(translate('reconcile.scanned', { pages: scan.pages, records: scan.records }));
  terminal.line(
    terminal.colours.bold(
      translate('reconcile.summary', { uncertain, accepted, provenAbsent, requeued, left }),
    ),
  );
  if (failed > 0) terminal.line(translate('reconcile.failed', { count: failed }));
  if (scan?.problem)
    terminal.line(`${terminal.colours.yellow(translate('cli.note'))} ${translate(scan.problem)}`);
  for (const reason of report.leftReasons) {
    terminal.line(`  ${new Intl.NumberFormat(cli.language).format(reason.count)} × ${translate(reason)}`);
  }
}

/** Says what becomes of the test message that settling sends to one's own phone. */
export function controlShown({ terminal, translate, cwd }: Cli): ControlObserver {
  return {
    suppressed: (phone) => terminal.line(translate('control.suppressed', { phone })),
    sending: (phone, count) => terminal.line(translate('control.sending', { phone, count })),
    ended: (phone, { kind, answer }) =>
      terminal.line(
        kind === 'accepted'
          ? translate('control.accepted')
          : translate('control.not-accepted', { phone, detail: detailOf(answer) }),
      ),
    failed: (problems) => printProblems(problems, terminal, translate, cwd),
  };
}
