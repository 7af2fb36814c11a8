import type { RunEnd } from '../../run/run-campaign.js';
import type { Cli } from '../command.js';
import { shownPath } from '../problems.js';
import { durationText } from '../progress/duration.js';

/** Prints how a run ended, and what to type next. */
export function showEnd(
  name: string,
  end: Extract<RunEnd, { kind: 'ran' }>,
  rejectedFile: string | null,
  limited: boolean,
  cli: Cli,
): void {
  const { say, terminal } = cli;
  const { counts, delivered, startedAt, endedAt, plan } = end;
  const { bold, red, yellow } = terminal.colours;
  terminal.line();
  if (plan.counts.pending === 0 && delivered.halt === null)
    terminal.line(say('send.nothing', { campaign: name }));
  terminal.line(bold(say('send.summary', { ...counts })));
  if (delivered.sent > 0) {
    terminal.line(say('send.run', { sent: delivered.sent, duration: durationText(endedAt - startedAt) }));
  }
  if (delivered.halt !== null) {
    terminal.line(`${red(say('send.halted'))} ${say(delivered.halt.code, delivered.halt.params)}`);
    // What follows would look into a ledger that is no longer there.
    if (/^halt\.ledger-(?:moved|saved|lost)$/u.test(delivered.halt.code)) return;
  } else if (delivered.interrupted) terminal.line(yellow(say('send.interrupted')));
  else if (limited && counts.pending > 0) terminal.line(say('send.limit', { pending: counts.pending }));
  if (counts.rejected > 0 && rejectedFile !== null)
    terminal.line(say('send.next-rejected', { path: shownPath(rejectedFile, cli.cwd) }));
  if (counts.refused + counts.exhausted > 0) terminal.line(say('send.next-refused', { name }));
  if (counts.uncertain > 0) terminal.line(say('send.next-uncertain', { name }));
  if (delivered.sent > 0) terminal.line(say('send.next-report', { name }));
}
