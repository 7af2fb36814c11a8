import { harmless } from '../../core/harmless.js';
import { textWidth } from './text-width.js';

/** Made when the first text is cut: it costs each start of a command a twentieth of its time. */
let graphemes: Intl.Segmenter | undefined;

/** One harmless line of text, cut to `width` columns of the screen. */
export function cut(text: string, width: number): string {
  const line = harmless(text);
  if (textWidth(line) <= width) return line;
  let kept = '';
  let used = 0;
  graphemes ??= new Intl.Segmenter();
  for (const { segment } of graphemes.segment(line)) {
    const columns = textWidth(segment);
    if (used + columns > width - 1) break;
    kept += segment;
    used += columns;
  }
  return `${kept}…`;
}

/** A sentence in which one of the texts that fill it stands out. Colours inside of a text would not be obeyed. */
export function standingOut(sentence: string, text: string, colour: (text: string) => string): string {
  const shown = harmless(text);
  return shown === '' ? sentence : sentence.replace(shown, () => colour(shown));
}

/** Puts short texts side by side, on as many lines as `width` asks for. */
export function packed(texts: readonly string[], separator: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const last = lines.at(-1);
    const joined = last === undefined ? text : `${last}${separator}${text}`;
    if (last === undefined || textWidth(joined) > width) lines.push(text);
    else lines[lines.length - 1] = joined;
  }
  return lines;
}

/** `invocationOf` has these words. */
const INVOCATION = String.raw`(?:(?:npx )?plazcast|npm (?:run \S+|start) --) `;
const COLOURS = String.raw`(?:\u001b\[[\d;]*m)*`;

/** A command to be typed, up to the quote behind it or, where none stands before it, to the end of its line. */
const COMMAND = new RegExp(
  `((?<=["“«]${COLOURS})${INVOCATION}[^"”»]*(?=["”»])|(?<=(?:^|: )${COLOURS})${INVOCATION}.*$)`,
  'u',
);

/** The words of a line; a command to be typed counts as one, because half of it would be another one. */
function wordsOf(text: string): readonly string[] {
  const words = [''];
  for (const [index, part] of text.split(COMMAND).entries()) {
    const [first = '', ...rest] = index % 2 === 1 ? [part] : part.split(' ');
    words[words.length - 1] += first;
    words.push(...rest);
  }
  return words;
}

/** Breaks a line between words so that none is wider than `width`; what follows the first begins with `indent`. */
export function wrapped(text: string, width: number, indent: string): readonly string[] {
  const words = wordsOf(text.trimStart());
  const lead = text.slice(0, text.length - text.trimStart().length);
  const lines: string[] = [];
  let line = lead;
  for (const word of words) {
    const empty = line === lead || line === indent;
    const joined = empty ? `${line}${word}` : `${line} ${word}`;
    if (!empty && textWidth(joined) > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = joined;
  }
  return [...lines, line];
}

/** A text on lines of at most `width` columns, between words where that is possible. */
export function fitted(text: string, width: number): readonly string[] {
  return wrapped(text, width, '').flatMap((line) => {
    const pieces: string[] = [];
    let rest = [...line];
    while (textWidth(rest.join('')) > width) {
      let taken = 1;
      while (textWidth(rest.slice(0, taken + 1).join('')) <= width) taken += 1;
      pieces.push(rest.slice(0, taken).join(''));
      rest = rest.slice(taken);
    }
    return [...pieces, rest.join('')];
  });
}

/**
 * A text as a screen shows it: lines wider than `width` are broken between words, and what follows is set in by two
 * columns more than the line. A word that is wider, such as a path, stays whole.
 */
export function brokenLines(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const lead = line.length - line.trimStart().length;
    return wrapped(line, width, ' '.repeat(lead + 2));
  });
}

/** A duration as people say it: `45 s`, `3 min 20 s`, `2 h 5 min`. The units are read in English and Spanish. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return `${Math.max(0, Math.round(ms))} ms`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}
