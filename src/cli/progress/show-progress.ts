import type { Cli } from '../command.js';
import { plainLine } from './lines.js';
import type { ProgressTally } from './tally.js';

const LINE_EVERY_MS = 5_000;
const DRAW_EVERY_MS = 150;

/** Shows a run until the returned function is called: drawn over itself on a terminal, else a line now and then. */
export async function showProgress(tally: ProgressTally, cli: Cli): Promise<() => void> {
  if (cli.terminal.live) {
    const { liveView } = await import('./live-view.js');
    return liveView(tally, cli, DRAW_EVERY_MS);
  }
  const timer = setInterval(() => {
    cli.terminal.aside(plainLine(tally.at(performance.now()), cli.say));
  }, LINE_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
