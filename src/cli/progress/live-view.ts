import { createLogUpdate } from 'log-update';
import type { Cli } from '../command.js';
import { leftText, rateText, waitText } from './lines.js';
import type { Progress, ProgressTally } from './tally.js';

/** Draws a run over itself on stderr; the last picture stays. Returns what ends it. */
export function liveView(tally: ProgressTally, cli: Cli, everyMs: number): () => void {
  const update = createLogUpdate(process.stderr);
  const draw = (): void => update(picture(tally.at(performance.now()), cli).join('\n'));
  const timer = setInterval(draw, everyMs);
  draw();
  return () => {
    clearInterval(timer);
    draw();
    update.done();
  };
}

/** The lines of the picture, none wider than the terminal. */
export function picture(progress: Progress, { say, terminal }: Cli): readonly string[] {
  const { green, red, yellow, dim } = terminal.colours;
  const width = Math.max(20, terminal.columns() - 1);
  const share = progress.total === 0 ? 1 : progress.done / progress.total;
  const numbers = ` ${Math.floor(share * 100)}%  ${progress.done}/${progress.total}`;
  const room = Math.max(5, Math.min(40, width - numbers.length));
  const filled = Math.round(share * room);
  const counts = [
    `${say('status.word.accepted')} ${progress.accepted}`,
    `${say('status.word.refused')} ${progress.refused}`,
    `${say('status.word.uncertain')} ${progress.uncertain}`,
    `${say('status.word.skipped')} ${progress.skipped}`,
  ];
  const paint = [green, progress.refused > 0 ? red : dim, progress.uncertain > 0 ? yellow : dim, dim];
  const rate = say('progress.rate', {
    rate: rateText(progress.ratePerSecond),
    limit: rateText(progress.pace.currentPerSecond),
  });
  const state = progress.wait === null ? leftText(progress, say) : say('progress.waiting', { what: waitText(progress.wait, say) });
  const lines = [
    green('█'.repeat(filled)) + dim('░'.repeat(room - filled)) + numbers,
    counts.map((text, index) => paint[index]?.(text) ?? text).join(dim(' · ')),
    cut(`${rate}  ${state}`, width),
  ];
  if (progress.lastError !== null) lines.push(dim(cut(say('progress.last-error', { text: progress.lastError }), width)));
  return lines;
}

function cut(text: string, width: number): string {
  const line = text.replace(/\p{Cc}+/gu, ' ');
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}
