import type { Meanings } from '../../core/recipient.js';

/** A text that a cell shows, and the day or the number that it has. */
export type Meaning = Meanings[number];

/** Programs read these alone: 1234.5 and 45. */
const CERTAIN = /^-?\d+(?:\.\d{1,2})?$/;

/**
 * The number that the sheet shows (its marks are those of 1,234.50), with whatever stands around it. null: the text says it
 * without help, or says another than the cell has, such as 50% and 0.5.
 */
export function numberShown(text: string, value: number): number | null {
  const [digits, more] = CERTAIN.test(text) ? [] : (text.match(/\d[\d,]*(?:\.\d+)?/g) ?? []);
  if (digits === undefined || more !== undefined) return null;
  const number = Number(digits.replaceAll(',', ''));
  const decimals = /\.(\d+)$/.exec(digits)?.[1]?.length ?? 0;
  // What lies half way is rounded either way.
  if (Math.abs(number - Math.abs(value)) > 0.500001 * 10 ** -decimals) return null;
  return value < 0 ? -number : number;
}

const DAY_SECONDS = 86_400;
/** Excel counts a 29th of February 1900: from the day after on its days are right. */
const FIRST_CERTAIN_DAY = 61;
const DAYS_TO_1970 = 25_569;
const DAYS_FROM_1900_TO_1904 = 1462;

/** The day of a cell, with its time where it has one; null: it is a time alone. */
export function dayFrom(from1904: boolean): (text: string, value: number) => string | null {
  return (_text, value) => {
    const days = value + (from1904 ? DAYS_FROM_1900_TO_1904 : 0);
    if (value < 1 || days < FIRST_CERTAIN_DAY) return null;
    const at = new Date(Math.round((days - DAYS_TO_1970) * DAY_SECONDS) * 1000);
    if (Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9999) return null;
    const [day = '', time = ''] = at.toISOString().slice(0, 19).split('T');
    return time === '00:00:00' ? day : `${day}T${time}`;
  };
}
