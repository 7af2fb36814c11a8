import type { Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { listenForStop } from '../send/stop-signals.js';

const EVERY_MS = 1_000;
/** A ledger that takes long to count is left alone for longer, so that watching does not slow a run down. */
const REST_SHARE = 4;

/** What there is to see at a moment. */
export interface Sight {
  readonly lines: readonly string[];
  /** Whether a run goes on. */
  readonly running: boolean;
}

/**
 * Shows the same thing again and again: drawn over itself on a terminal until Ctrl-C, which is how a watch ends and
 * no failure; elsewhere printed when it changed, until nothing runs.
 */
export async function watch(look: () => Promise<Sight>, cli: Cli): Promise<number> {
  const signals = listenForStop(cli.host, { stopping: () => undefined, stoppedHard: () => undefined });
  try {
    await (cli.terminal.live && cli.terminal.onScreen ? draw : print)(look, cli, signals.stop);
    return EXIT.done;
  } finally {
    signals.close();
  }
}

async function draw(
  look: () => Promise<Sight>,
  { terminal, translate, clock }: Cli,
  stop: AbortSignal,
): Promise<void> {
  const { openLivePicture } = await import('../progress/live-region.js');
  let seen = await look();
  const shown = (): readonly string[] =>
    fitting(seen.lines, terminal.rows() - 1, translate('status.watch-more'));
  const live = openLivePicture(terminal, shown);
  live.draw();
  while (!stop.aborted) {
    const beganMs = clock.monotonicMs();
    seen = await look();
    live.draw();
    const tookMs = clock.monotonicMs() - beganMs;
    await clock.sleep(Math.max(EVERY_MS, tookMs * REST_SHARE), stop);
  }
  live.close();
}

async function print(look: () => Promise<Sight>, { terminal, clock }: Cli, stop: AbortSignal): Promise<void> {
  let last = '';
  while (!stop.aborted) {
    const { lines, running } = await look();
    const text = lines.join('\n');
    if (text !== last) terminal.line(text);
    last = text;
    if (!running) return;
    await clock.sleep(EVERY_MS, stop);
  }
}

/** As many lines as the screen holds, with a word about the rest. */
function fitting(lines: readonly string[], rows: number, more: string): readonly string[] {
  return lines.length <= rows ? lines : [...lines.slice(0, Math.max(1, rows - 1)), more];
}
