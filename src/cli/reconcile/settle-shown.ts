import type { ControlObserver } from '../../app/reconcile/control-message.js';
import type { HeldTarget } from '../../app/reconcile/held-target.js';
import { countUncertain, type ListPace, type Settled, settle } from '../../app/reconcile/settle.js';
import { NUMBER_LOCALES } from '../../core/number-locale.js';
import type { Result } from '../../core/problem.js';
import type { ReconcileReport } from '../../core/reconcile-report.js';
import { askYesNo } from '../ask-yes-no.js';
import type { Cli } from '../command.js';
import { printProblems } from '../problems.js';
import { showReading } from '../progress/show-reading.js';
import { detailOf } from '../test-send/test-outcome.js';

/**
 * Settles and shows how far the list is read; asks on a terminal whether those proven absent are sent again.
 *
 * @param interrupted called when somebody ends that question by Ctrl-C
 */
export async function settleShown(
  held: HeldTarget,
  pace: Omit<ListPace, 'onPage'>,
  resendAbsent: boolean,
  cli: Cli,
  interrupted: () => void,
): Promise<Result<Settled>> {
  const uncertain = await countUncertain(held);
  const shown = await showReading(uncertain === 0 ? null : uncertain, cli);
  const ask = (count: number): Promise<boolean> => {
    shown.close();
    return askResend(count, cli, undefined, interrupted);
  };
  try {
    const resend = { absent: resendAbsent, ask: cli.terminal.canAsk ? ask : null };
    return await settle(held, { ...pace, onPage: shown.onPage }, controlShown(cli), resend);
  } finally {
    shown.close();
  }
}

/**
 * Asks whether those proven absent are sent again. `signal` takes the question back: then they are not; nor when somebody ends
 * it by Ctrl-C, which `interrupted` hears of.
 */
export async function askResend(
  count: number,
  cli: Cli,
  signal?: AbortSignal,
  interrupted: () => void = () => undefined,
): Promise<boolean> {
  const message = cli.translate('reconcile.ask-resend', { count });
  // What was found out is kept and told, whatever the answer.
  return askYesNo(message, cli, signal).catch(() => {
    interrupted();
    return false;
  });
}

/** Prints what settling came to, and why the rest stays uncertain. */
export function showSettled(report: ReconcileReport, { translate, terminal, ...cli }: Cli): void {
  if (report.uncertain === 0) {
    terminal.line(translate('reconcile.nothing'));
    return;
  }
  const { uncertain, accepted, failed, provenAbsent, requeued, left, scan } = report;
  if (scan !== null) {
    const { pages, records, problem } = scan;
    const code = problem === null ? 'reconcile.scanned' : 'reconcile.scanned-partly';
    terminal.line(translate(code, { pages, records }));
  }
  terminal.line(
    terminal.colours.bold(
      translate('reconcile.summary', { uncertain, accepted, provenAbsent, requeued, left }),
    ),
  );
  if (failed > 0) terminal.line(translate('reconcile.failed', { count: failed }));
  if (scan?.problem)
    terminal.line(`${terminal.colours.yellow(translate('cli.note'))} ${translate(scan.problem)}`);
  for (const reason of report.leftReasons) {
    terminal.line(
      `  ${new Intl.NumberFormat(NUMBER_LOCALES[cli.language]).format(reason.count)} × ${translate(reason)}`,
    );
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
