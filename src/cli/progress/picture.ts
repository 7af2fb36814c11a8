import type { Progress } from '../../app/send/progress-tally.js';
import type { Cli } from '../command.js';
import { lastErrorText, rateLine, readingText, stateText } from './lines.js';
import { cut, packed } from './text.js';
import { textWidth } from './text-width.js';

const NARROWEST = 20;
const WIDEST_BAR = 40;

/**
 * The lines of a run's live view, none wider than the terminal: bar, counts, rate and state, the reading of the list, last
 * error. A run that has nobody to send to reads the list, at most.
 */
export function picture(
  progress: Progress,
  { translate, terminal }: Pick<Cli, 'translate' | 'terminal'>,
): readonly string[] {
  const { dim } = terminal.liveColours;
  // The last column stays free: some terminals break the line there.
  const width = Math.max(NARROWEST, terminal.columns() - 1);
  const reading = readingText({ ...progress, wait: progress.total === 0 ? null : progress.wait }, translate);
  const readingLines = reading === null ? [] : [cut(reading, width)];
  if (progress.total === 0) return readingLines;
  const rate = rateLine(progress, translate);
  const state = stateText(progress, translate);
  const error = progress.lastError;
  return [
    bar(progress, width, { translate, terminal }),
    ...packed(counts(progress, { translate, terminal }), dim(' · '), width),
    ...packed(
      [rate, state].filter((text) => text !== '').map((text) => cut(text, width)),
      '  ',
      width,
    ),
    ...readingLines,
    ...(error === null
      ? []
      : [dim(cut(translate('progress.last-error', { text: lastErrorText(error, translate) }), width))]),
  ];
}

function bar(
  { done, total }: Progress,
  width: number,
  { translate, terminal }: Pick<Cli, 'translate' | 'terminal'>,
): string {
  const { green, dim } = terminal.liveColours;
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const numbers = ` ${translate('progress.share', { percent: Math.floor(share * 100), done, total })}`;
  const room = Math.min(WIDEST_BAR, width - textWidth(numbers));
  if (room < 5) return cut(numbers.trim(), width);
  const filled = Math.round(share * room);
  return green('█'.repeat(filled)) + dim('░'.repeat(room - filled)) + numbers;
}

function counts(
  progress: Progress,
  { translate, terminal }: Pick<Cli, 'translate' | 'terminal'>,
): readonly string[] {
  const { green, red, yellow, dim } = terminal.liveColours;
  const { accepted, refused, uncertain, skipped } = progress;
  return [
    green(translate('progress.accepted', { count: accepted })),
    (refused > 0 ? red : dim)(translate('progress.refused', { count: refused })),
    (uncertain > 0 ? yellow : dim)(translate('progress.uncertain', { count: uncertain })),
    dim(translate('progress.skipped', { count: skipped })),
  ];
}
