import { BOUNDS } from './bounds.js';

/** What a text is as JSON: a value, no JSON, or JSON in which too much stands within each other. */
export type ReadJson =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'no-json' }
  | { readonly kind: 'too-deep' };

/**
 * Reads JSON from outside. What walks through a value afterwards may be recursive: no deeper one than
 * `BOUNDS.jsonDepth` comes out of here.
 */
export function readJson(text: string): ReadJson {
  if (isTooDeep(text, BOUNDS.jsonDepth.value)) return { kind: 'too-deep' };
  try {
    return { kind: 'value', value: JSON.parse(text) };
  } catch {
    return { kind: 'no-json' };
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const isOpening = (code: number): boolean => code === 0x5b || code === 0x7b;
const isClosing = (code: number): boolean => code === 0x5d || code === 0x7d;

/** Whether more than `most` brackets are open at a time, strings left out. Takes one look at each character. */
function isTooDeep(text: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (isOpening(code)) depth += 1;
    else if (isClosing(code)) depth -= 1;
    if (depth > most) return true;
  }
  return false;
}

/** The place of the mark that closes the string that begins at `start`; the text's end: there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at += 1;
  }
  return text.length;
}
