import { personOf } from '../core/phone.js';

/**
 * Forms of national numbers that people in Mexico, Argentina and Brazil use and that a numbering library does not
 * take (measured with libphonenumber-js 1.13): brought into the form that it does.
 */

/** Mexico until 2019: 01 before a landline, 044 and 045 before a mobile, 1 after the country code. */
const MEXICAN_PREFIX = /^(?:01|044|045)(\d{10})$/;
const MEXICAN_INTERNATIONAL = /^52(?:1|01|044|045)(\d{10})$/;
/** Brazil: area code and a mobile without its ninth digit, perhaps with the trunk 0. */
const BRAZILIAN_NATIONAL = /^0?([1-9][1-9])([6-9]\d{7})$/;
const BRAZILIAN_INTERNATIONAL = /^550?([1-9][1-9])([6-9]\d{7})$/;

/** Digits of a number without country code, as typed in `country`. */
export function usualNational(digits: string, country: string): string {
  if (country === 'MX') return digits.replace(MEXICAN_PREFIX, '$1');
  if (country === 'BR') return digits.replace(BRAZILIAN_NATIONAL, '$19$2');
  return digits;
}

/** Digits that begin with a country code. */
export function usualInternational(digits: string): string {
  if (digits.startsWith('52')) return digits.replace(MEXICAN_INTERNATIONAL, '52$1');
  if (digits.startsWith('55')) return digits.replace(BRAZILIAN_INTERNATIONAL, '55$19$2');
  return digits;
}

/** A Mexican number with a 1 before its ten digits, typed without the 52: also a way to write a US number. */
export const MEXICAN_OR_AMERICAN = /^1(\d{10})$/;

/** Fewer digits than this are too few to tell a foreign number without `+` from a slip in a number at home. */
export const FOREIGN_DIGITS = 11;

/**
 * Argentine landlines and mobiles share their area codes: a number written without 9 and 15 is taken for a mobile.
 * Takes digits with country code.
 */
export function isArgentineMobile(digits: string): boolean {
  return personOf(digits).startsWith('549');
}
