import { plainCharacters } from '../core/phone.js';

/** Why a cell's text is no single phone number, before any numbering plan was asked. */
export type PhoneTextFault = 'phone.missing' | 'phone.invalid' | 'phone.scientific' | 'phone.multiple';

/** What a person typed, reduced to what counts. */
export type PhoneText =
  | {
      readonly ok: true;
      readonly digits: string;
      /** Written with `+` or `00` in front: the digits begin with a country code. */
      readonly international: boolean;
    }
  | { readonly ok: false; readonly reason: PhoneTextFault };

const LONGEST_CELL = 250;
const FEWEST_DIGITS = 5;
/** ITU-T E.164: 15 digits with country code; typed ones may have prefixes such as 0051 or 0 15 before them. */
const MOST_DIGITS = 15;
/** From here on a part of a cell is a number of its own. */
const DIGITS_OF_A_NUMBER = 7;

const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?\s*e\s*[+-]?\s*\d+$/i;
/** What a spreadsheet adds to a number that it took for a decimal: `51987654321.0`, `51987654321,00`, `51987654321.000`. */
const DECIMAL_ZEROS = /^(\+?\d{6,})[.,]0{1,2}$|^(\+?\d{7,})[.,]0{3,}$/;
/** Thousands: `51,987,654,321.00` and `51.987.654.321,00`. */
const THOUSANDS = /^(\+?\d{1,3}(?:,\d{3}){2,})(?:\.0+)?$|^(\+?\d{1,3}(?:\.\d{3}){2,}),0+$/;
/**
 * One decimal place or two behind plain digits, or more behind so many that nobody leaves them in one group: a number of
 * something else. With its decimals for digits it would be a stranger's phone.
 */
const DECIMAL = /^\+?\d+[.,]\d{1,2}$|^\+?\d{7,}[.,]\d{3,}$/;
/** Digits with the marks that people put between them; at most one plus, in front. */
const ONE_NUMBER = /^\(?\s*\+?[\s(]*\d[\d\s().-]*$/;
/** What stands between two numbers. */
const BETWEEN_NUMBERS = /[/\\;,|&\n\r\t]|\s(?:y|e|o|u|ou|or|and)\s|(?<=\d[\s)]*)\+/i;

/**
 * Reads a cell as one phone number, strictly: what a person would accept as one number is one, and nothing is dug
 * out of other text. Full-width and Arabic digits, no-break spaces, direction marks, a spreadsheet's `.0` and its
 * text marks (`'51…`, `="51…"`) are understood.
 */
export function readPhoneText(cell: string): PhoneText {
  if (cell.length > LONGEST_CELL) return { ok: false, reason: 'phone.invalid' };
  const text = withoutTextMark(plainCharacters(cell).trim());
  if (text === '') return { ok: false, reason: 'phone.missing' };
  if (SCIENTIFIC.test(text)) return { ok: false, reason: 'phone.scientific' };
  const whole = withoutDecimals(text);
  if (hasTwoNumbers(whole)) return { ok: false, reason: 'phone.multiple' };
  const one = withoutAreaSlash(whole);
  if (!ONE_NUMBER.test(one) || DECIMAL.test(one)) return { ok: false, reason: 'phone.invalid' };
  const digits = one.replace(/\D/g, '');
  const international = one.includes('+') || digits.startsWith('00');
  const bare = international ? digits.replace(/^00/, '') : digits;
  if (bare.length < FEWEST_DIGITS || bare.length > MOST_DIGITS) return { ok: false, reason: 'phone.invalid' };
  return { ok: true, digits: bare, international };
}

function withoutTextMark(text: string): string {
  const formula = /^="([^"]*)"$/.exec(text)?.[1];
  return (formula ?? text.replace(/^'/, '')).trim();
}

function withoutDecimals(text: string): string {
  const [, one, other] = DECIMAL_ZEROS.exec(text) ?? [];
  const zeros = one ?? other;
  if (zeros !== undefined) return zeros;
  const [, commas, points] = THOUSANDS.exec(text) ?? [];
  return (commas ?? points)?.replace(/[.,]/g, '') ?? text;
}

/**
 * Whether a cell holds two numbers: two parts of seven digits or more, or one and the differing end of another
 * (`987654321/2`), or more digits than any number has, in groups that make two.
 */
function hasTwoNumbers(text: string): boolean {
  const parts = text.split(BETWEEN_NUMBERS).map(digitCount);
  const first = parts[0] ?? 0;
  const rest = parts.slice(1).filter((count) => count > 0);
  if (parts.filter((count) => count >= DIGITS_OF_A_NUMBER).length >= 2) return true;
  if (first >= DIGITS_OF_A_NUMBER && rest.length > 0 && /\d\s*\/\s*\d+$/.test(text)) return true;
  const groups = text
    .split(/[\s-]+/)
    .map(digitCount)
    .filter((count) => count > 0);
  if (groups.length === 2 && groups.every((count) => count >= DIGITS_OF_A_NUMBER)) return true;
  return splitsInTwo(groups);
}

function digitCount(text: string): number {
  return text.replace(/\D/g, '').length;
}

function splitsInTwo(groups: readonly number[]): boolean {
  const total = groups.reduce((sum, count) => sum + count, 0);
  if (total <= MOST_DIGITS) return false;
  let left = 0;
  for (const count of groups) {
    left += count;
    if (left >= DIGITS_OF_A_NUMBER && total - left >= DIGITS_OF_A_NUMBER) return true;
  }
  return false;
}

/** `0171/1234567`: a short area code before a slash is part of the number. */
function withoutAreaSlash(text: string): string {
  return text.replace(/^(\(?\+?[\d\s()-]{2,8})\/([\d\s-]{5,})$/, '$1 $2');
}
