import type { Cli } from '../command.js';

const FIRST_LINE_AFTER_MS = 1_000;
const LINE_EVERY_MS = 5_000;
const DRAW_EVERY_MS = 150;
const NARROWEST = 20;

/** A line that is being shown. */
export interface ShownText {
  /** May be called again. */
  readonly close: () => void;
}

/**
 * Shows a text that changes until it is closed: drawn over itself on a terminal, else a line now and then. Nothing of it stays
 * on a terminal: what it came to is told below.
 */
export async function showText(text: () => string, cli: Cli): Promise<ShownText> {
  let end = cli.terminal.live ? await drawn(text, cli) : told(text, cli);
  return {
    close: () => {
      end();
      end = () => undefined;
    },
  };
}

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
