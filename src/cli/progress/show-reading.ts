import type { ScanProgress } from '../../core/reconcile-report.js';
import type { Cli } from '../command.js';

const FIRST_LINE_AFTER_MS = 1_000;
const LINE_EVERY_MS = 5_000;
const DRAW_EVERY_MS = 150;
const NARROWEST = 20;

/** A reading of the provider's list that is being shown. */
export interface ShownReading {
  readonly onPage: (progress: ScanProgress) => void;
  /** May be called again. */
  readonly close: () => void;
}

/**
 * Shows how far a reading of the provider's list is until it is closed: drawn over itself on a terminal, else a line now
 * and then. `uncertain`: for how many people it is read; null: for accepted ones alone.
 */
export async function showReading(uncertain: number | null, cli: Cli): Promise<ShownReading> {
  const { terminal, translate } = cli;
  let progress: ScanProgress = { pages: 0, records: 0 };
  const text = (): string =>
    uncertain === null
      ? translate('progress.reading-list', { ...progress })
      : translate('progress.reading', { ...progress, uncertain });
  let end = terminal.live ? await drawn(text, cli) : told(text, cli);
  return {
    onPage: (read) => {
      progress = read;
    },
    close: () => {
      end();
      end = () => undefined;
    },
  };
}

/** Nothing of it stays: what the reading came to is told below. */
async function drawn(text: () => string, { terminal }: Cli): Promise<() => void> {
  const [{ createLogUpdate }, { cut }] = await Promise.all([import('log-update'), import('./text.js')]);
  const update = createLogUpdate(terminal.screen);
  const draw = (): void => update(cut(text(), Math.max(NARROWEST, terminal.columns() - 1)));
  terminal.hold({ lift: () => update.clear(), drop: draw });
  draw();
  const timer = setInterval(draw, DRAW_EVERY_MS);
  return () => {
    clearInterval(timer);
    terminal.hold(null);
    update.clear();
    update.done();
  };
}

function told(text: () => string, { terminal }: Cli): () => void {
  const tell = (): void => terminal.aside(text());
  const first = setTimeout(tell, FIRST_LINE_AFTER_MS).unref();
  const timer = setInterval(tell, LINE_EVERY_MS).unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}
