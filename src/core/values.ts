/**
 * What WhatsApp accepts as the value of a template's variable
 * (https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages): no newline, no tab, at most four
 * spaces running, not empty; 60 characters in a header, 1,024 in a body.
 */
export type ValuePlace = 'body' | 'header';

/** Why a value cannot be sent. */
export type ValueFault =
  | 'variable.empty'
  | 'variable.newline'
  | 'variable.tab'
  | 'variable.spaces'
  | 'variable.too-long'
  | 'variable.number'
  | 'variable.date'
  | 'variable.unresolved'
  | 'variable.address';

/** Most characters of a value, and of the whole text that it stands in. */
export const LONGEST_VALUE: Readonly<Record<ValuePlace, number>> = { body: 1024, header: 60 };

/** Space characters that do not break the line, as a person sees them: a blank. */
const BLANK = ' \\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000';
const NEWLINE = /[\n\v\f\r\u0085\u2028\u2029]/;
const FIVE_SPACES = new RegExp(`[${BLANK}]{5}`);
/** Anything that needs a closer look, `{{` and `{%` that a template engine should have replaced among it. */
const SUSPICIOUS = new RegExp(`[\\t\\n\\v\\f\\r\\u0085\\u2028\\u2029]|[${BLANK}]{5}|\\{[{%]`);

/** What is wrong with a value in this place, the most telling reason first; null: it can be sent. */
export function valueFault(value: string, place: ValuePlace): ValueFault | null {
  if (value.trim() === '') return 'variable.empty';
  if (SUSPICIOUS.test(value)) {
    if (NEWLINE.test(value)) return 'variable.newline';
    if (value.includes('\t')) return 'variable.tab';
    if (FIVE_SPACES.test(value)) return 'variable.spaces';
    return 'variable.unresolved';
  }
  return isTooLong(value, LONGEST_VALUE[place]) ? 'variable.too-long' : null;
}

/** Counted in characters as a person counts them, not in UTF-16 units: an emoji of one code point is one. */
function isTooLong(value: string, longest: number): boolean {
  if (value.length <= longest) return false;
  if (value.length > 2 * longest) return true;
  let characters = 0;
  for (const _ of value) characters += 1;
  return characters > longest;
}

const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const LONG_SPACES = new RegExp(`[${BLANK}]{5,}`, 'g');

/**
 * A value with its white space repaired: newlines and tabs become one space, more than four spaces become one,
 * nothing stands before or after. A value that needs none of it comes back as it was.
 */
export function repairedValue(value: string): string {
  if (!SUSPICIOUS.test(value)) return value;
  return value.replace(BREAKS, ' ').replace(LONG_SPACES, ' ').trim();
}
