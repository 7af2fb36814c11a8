import type { RanCampaign } from '../../app/send/deliver-run.js';
import { shownPath } from '../../app/shown-path.js';
import { typedCommand } from '../../app/typed-command.js';
import type { Cli } from '../command.js';
import { skippedCounts } from '../plan/skipped-counts.js';
import { durationText } from '../progress/text.js';
import { marked } from '../sandbox/marked.js';

/** What the last words of a run are about. */
export interface ShownEnd {
  readonly name: string;
  readonly workspace: string;
  readonly end: RanCampaign;
  readonly rejectedFile: string | null;
  readonly skippedByReason: Readonly<Record<string, number>>;
  /** There was a `--limit`. */
  readonly limited: boolean;
}

/** Prints how a run ended, and what to type next. */
export function showEnd(shown: ShownEnd, cli: Cli): void {
  const { name, workspace, end, rejectedFile, limited } = shown;
  const { translate, terminal } = cli;
  const { counts, delivered, tookMs, plan } = end;
  const { bold, red, yellow } = terminal.colours;
  terminal.line();
  if (plan.counts.pending === 0 && delivered.sent === 0 && delivered.halt === null)
    terminal.line(translate('send.nothing', { campaign: name }));
  terminal.line(bold(marked(translate('send.summary', { ...counts }), workspace)));
  const skipped = skippedCounts(shown.skippedByReason, translate).map(
    ([label, count]) => `${count} ${label}`,
  );
  if (skipped.length > 0) terminal.line(translate('send.skipped', { what: skipped.join(', ') }));
  if (delivered.sent > 0) {
    terminal.line(translate('send.run', { sent: delivered.sent, duration: durationText(tookMs) }));
  }
  if (delivered.halt !== null) {
    const why = translate(delivered.halt);
    terminal.line(
      delivered.halt.code === 'halt.canceled' ? yellow(why) : `${red(translate('send.halted'))} ${why}`,
    );
    // What follows would look into a ledger that is no longer there.
    if (/^halt\.ledger-(?:moved|saved|lost)$/u.test(delivered.halt.code)) return;
  } else if (delivered.interrupted) terminal.line(yellow(translate('send.interrupted')));
  else if (limited && counts.pending > 0) terminal.line(translate('send.limit', { pending: counts.pending }));
  if (counts.rejected > 0 && rejectedFile !== null)
    terminal.line(translate('send.next-rejected', { path: shownPath(rejectedFile, cli.cwd) }));
  const typed = (...words: readonly string[]): { readonly command: string } => ({
    command: typedCommand(words, workspace, cli),
  });
  if (counts.refused + counts.exhausted > 0) {
    terminal.line(translate('send.next-refused', typed('status', name)));
    terminal.line(translate('send.next-retry', typed('retry', name)));
  }
  if (counts.uncertain > 0) terminal.line(translate('send.next-uncertain', typed('reconcile', name)));
  if (delivered.sent > 0) terminal.line(translate('send.next-report', typed('report', name)));
}
