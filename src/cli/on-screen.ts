import { wrapped } from './progress/text.js';
import type { Terminal } from './terminal.js';

/** On a screen lines break between words; a file or another program gets them whole. */
export function onScreen(
  lines: readonly string[],
  terminal: Pick<Terminal, 'onScreen' | 'columns'>,
): readonly string[] {
  if (!terminal.onScreen) return lines;
  const width = terminal.columns() - 1;
  return lines.flatMap((line) => {
    const lead = line.length - line.trimStart().length;
    return wrapped(line, width, ' '.repeat(lead + 2));
  });
}
