import { createLogUpdate } from 'log-update';
import type { HostOutput } from '../host.js';
import type { Terminal } from '../terminal.js';
import { textWidth } from './text-width.js';

/** A picture at the bottom of the screen that is drawn over itself, on stderr. */
export interface LivePicture {
  /**
   * Draws the lines that `lines` gives now, in one write that terminals show as one change; the same picture is not
   * written again.
   */
  readonly draw: () => void;
  /** Draws once more and leaves the last picture where it is. */
  readonly close: () => void;
}

/** Opens a live picture: what other code writes meanwhile goes above it, and a resized window is cleaned up. */
export function openLivePicture(terminal: Terminal, lines: () => readonly string[]): LivePicture {
  const stream = terminal.screen;
  const update = createLogUpdate(unfolded(stream));
  let drawn: readonly string[] = [];
  const draw = (): void => {
    // A screen that stands still is not to be owed a picture for every moment until it goes on.
    if (stream.writableNeedDrain) return;
    drawn = lines();
    if (drawn.length === 0) update.clear();
    else update(drawn.map(terminal.fit).join('\n'));
  };
  const resized = (): void => {
    // A narrower window folds the lines that are there, so the picture is taller than it was when it was drawn; one that
    // was drawn after that, and before the news of it, is folded by nobody and leaves it as tall.
    const rows = drawn.reduce((sum, line) => sum + rowsOf(line, terminal.columns()), 0);
    if (rows > 0) stream.write(`\r\u001b[${rows}A\u001b[J`);
    update.done();
    draw();
  };
  stream.on('resize', resized);
  terminal.hold({ lift: () => update.clear(), drop: draw });
  return {
    draw,
    close: () => {
      stream.off('resize', resized);
      terminal.hold(null);
      draw();
      update.done();
    },
  };
}

/**
 * The same screen, on which lines that are too long are cut (DECAWM): a window that became narrower a moment ago would
 * fold them, and the picture would fill an unknown number of rows. log-update writes each picture at once.
 */
function unfolded(stream: HostOutput): NodeJS.WriteStream {
  const write = (text: string): boolean => stream.write(`\u001b[?7l${text}\u001b[?7h`);
  return Object.create(stream, { write: { value: write } }) as NodeJS.WriteStream;
}

function rowsOf(line: string, columns: number): number {
  return Math.max(1, Math.ceil(textWidth(line) / columns));
}
