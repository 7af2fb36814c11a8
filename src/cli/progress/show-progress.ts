import type { ProgressTally } from '../../app/send/progress-tally.js';
import type { Cli } from '../command.js';
import { marked } from '../sandbox/marked.js';
import { plainLine, readingText } from './lines.js';

const FIRST_LINE_AFTER_MS = 1_000;
const LINE_EVERY_MS = 5_000;
const DRAW_EVERY_MS = 150;

/** Shows a run until the returned function is called: drawn over itself on a terminal, else a line now and then. */
export async function showProgress(tally: ProgressTally, workspace: string, cli: Cli): Promise<() => void> {
  return cli.terminal.live ? drawn(tally, cli) : told(tally, workspace, cli);
}

async function drawn(tally: ProgressTally, cli: Cli): Promise<() => void> {
  const [{ openLivePicture }, { picture }] = await Promise.all([
    import('./live-region.js'),
    import('./picture.js'),
  ]);
  const live = openLivePicture(cli.terminal, () => picture(tally.at(performance.now()), cli));
  live.draw();
  let due: NodeJS.Immediate | undefined;
  // A window that was resized tells it by a signal, which has its turn before an immediate and after a timer.
  const timer = setInterval(() => {
    due = setImmediate(live.draw);
  }, DRAW_EVERY_MS);
  return () => {
    clearInterval(timer);
    clearImmediate(due);
    tally.end();
    live.close();
  };
}

function told(tally: ProgressTally, workspace: string, { terminal, translate }: Cli): () => void {
  const tell = (): void => {
    const progress = tally.at(performance.now());
    if (progress.total > 0) terminal.aside(marked(plainLine(progress, translate), workspace));
    const reading = readingText(
      { ...progress, wait: progress.total === 0 ? null : progress.wait },
      translate,
    );
    if (reading !== null) terminal.aside(reading);
  };
  // The first mark of the rate.
  tally.at(performance.now());
  const first = setTimeout(tell, FIRST_LINE_AFTER_MS).unref();
  const timer = setInterval(tell, LINE_EVERY_MS).unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}
