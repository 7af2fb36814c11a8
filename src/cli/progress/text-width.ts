import { createRequire } from 'node:module';

/** Letters of European languages, signs and lines: a column each, as the terminal and string-width have it. */
const PLAIN = /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02af\u2010-\u2027\u2500-\u259f]*$/u;

/**
 * Columns that a text fills on the screen. The tables for all other scripts and emoji take 40 ms to load, a tenth of a
 * short command, so they are loaded for the first text that needs them.
 */
export function textWidth(text: string): number {
  return PLAIN.test(text) ? text.length : exactWidth()(text);
}

let loaded: ((text: string) => number) | undefined;

function exactWidth(): (text: string) => number {
  loaded ??= (createRequire(import.meta.url)('string-width') as typeof import('string-width')).default;
  return loaded;
}
