import { readJson } from './bounded-json.js';

/** As many digits as no moment has, in seconds or less. */
const FEW_DIGITS = /^\d{1,9}$/;
const BASE64 = /^[\w+/-]+={0,2}$/;
/** How programs call what counts records or pages. */
const COUNTS = /offset|skip|start|from|page$|index|position/i;
/** Longer ones count nothing. */
const LONGEST = 200;

/**
 * Whether the token of a page looks as if it counted records or pages, also in base64: where some are deleted meanwhile, such
 * a one leads past others. A last id may look like that, too.
 */
export function countsRecords(token: string): boolean {
  if (token.length > LONGEST) return false;
  return isCount(token) || (BASE64.test(token) && isCount(decoded(token)));
}

function isCount(text: string): boolean {
  if (FEW_DIGITS.test(text)) return true;
  const read = readJson(text);
  if (read.kind !== 'value' || typeof read.value !== 'object' || read.value === null) return false;
  return Object.entries(read.value).some(([name, value]) => COUNTS.test(name) && FEW_DIGITS.test(`${value}`));
}

function decoded(token: string): string {
  try {
    return atob(token.replace(/-/g, '+').replace(/_/g, '/'));
  } catch {
    return '';
  }
}
