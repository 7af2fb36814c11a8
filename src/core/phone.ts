import type { RejectionReason } from './recipient.js';

/**
 * Rules about phone numbers as digits: who is one person, and what goes on the wire. Pure and without a numbering
 * library; facts are those of the WhatsApp Business Platform, which reports Mexican numbers as 521…, Argentine ones
 * as 549… and old Brazilian accounts without the ninth digit.
 */

/** Whether messages can arrive at a number, as far as its country's numbering tells. */
export type PhoneKind = 'mobile' | 'landline' | 'either';

/** What a number must be, and how it goes on the wire. */
export interface PhoneOptions {
  readonly landlines: 'reject' | 'accept';
  /** Country → prefix that replaces the default wire form. */
  readonly wire: Readonly<Record<string, string>>;
}

/** Options of a number that stands by itself: landlines are refused, the wire form is the usual one. */
export const USUAL_PHONE_OPTIONS: PhoneOptions = { landlines: 'reject', wire: {} };

/** Landlines are people, too, when it comes to leaving them alone, and when it is only asked who it is. */
export const ANY_PHONE: PhoneOptions = { landlines: 'accept', wire: {} };

/** A number that can be written to. */
export interface Phone {
  readonly ok: true;
  /** What goes on the wire: digits with country code. */
  readonly phone: string;
  /** Identity of the person behind it. */
  readonly person: string;
  /** ISO 3166-1 alpha-2, or `''` where the number does not tell. */
  readonly country: string;
  readonly kind: PhoneKind;
}

/** A number, or the reason why the text is none. */
export type ParsedPhone = Phone | { readonly ok: false; readonly reason: PhoneFault };

/** Why a text is no single phone number, or none that may be used. */
export type PhoneFault = Extract<RejectionReason, `phone.${string}`>;

/** Mexico before 2019: a 1 between the country code and the ten digits of a mobile. */
const MEXICAN_WITH_1 = /^521(\d{10})$/;
/** Argentina without the 9 of mobiles; area codes begin with 1, 2 or 3. */
const ARGENTINE_WITHOUT_9 = /^54([123]\d{9})$/;
/** Brazil before 2012–2016: mobiles (6 to 9 after the area code) of eight digits. Landlines begin with 2 to 5. */
const BRAZILIAN_WITHOUT_9 = /^55([1-9][1-9])([6-9]\d{7})$/;

/**
 * The identity of the person behind a number: equal for every form in which WhatsApp or a provider writes the same
 * number. Takes digits with country code, without `+`, and gives digits; total and cheap. A form that is not known
 * to have variants is its own identity.
 */
export function personOf(digits: string): string {
  const length = digits.length;
  if (length !== 12 && length !== 13) return digits;
  if (digits.startsWith('52')) return digits.replace(MEXICAN_WITH_1, '52$1');
  if (digits.startsWith('54')) return digits.replace(ARGENTINE_WITHOUT_9, '549$1');
  if (digits.startsWith('55')) return digits.replace(BRAZILIAN_WITHOUT_9, '55$19$2');
  return digits;
}

/** What an identity begins with in the countries whose wire form accounts may need otherwise. */
const USUAL_PREFIXES: ReadonlyMap<string, string> = new Map([
  ['MX', '52'],
  ['AR', '549'],
]);

/**
 * What goes on the wire for a person: the identity itself, unless `wire` asks for another prefix in the country of
 * the number, such as `{ MX: '521', AR: '54' }`. Countries without two forms are left alone.
 */
export function wireOf(person: string, country: string, wire: Readonly<Record<string, string>>): string {
  const usual = USUAL_PREFIXES.get(country);
  const wanted = Object.hasOwn(wire, country) ? wire[country] : undefined;
  if (usual === undefined || wanted === undefined || !person.startsWith(usual)) return person;
  return wanted + person.slice(usual.length);
}

const PRINTABLE_ASCII = /^[ -~]*$/;
/** The zeros of Arabic and Persian digits, which NFKC leaves as they are. */
const EASTERN_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** A text with the digits, dashes and spaces that everybody types, and without marks that nobody sees. */
export function plainCharacters(cell: string): string {
  if (PRINTABLE_ASCII.test(cell)) return cell;
  return cell
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(EASTERN_DIGITS, (digit) => String(digit.charCodeAt(0) & 0x0f));
}

/** What WhatsApp and its clients put around a number: a scheme; a domain, perhaps behind the number of a device. */
const ADDRESS_FRAME = /^(?:whatsapp:|tel:)|(?::\d+)?@(?:c\.us|s\.whatsapp\.net)$/giu;
/** A number that some system took for a decimal. */
const DECIMAL_ZERO = /^(\+?\d{7,15})\.0$/u;

/** A number in a provider's record, as a person would type it. */
export function plainAddress(text: string): string {
  return plainCharacters(text).trim().replace(ADDRESS_FRAME, '').trim().replace(DECIMAL_ZERO, '$1');
}

const ADDRESS = /^\+?[\d ().-]{7,24}$/u;

/**
 * The digits of a number in a provider's record, such as `whatsapp:+52 1 55…` or `5215…@c.us`; null when it is no
 * phone: since 2026 a person may be known by a user id (`MX.1502…`) or a hash only.
 */
export function addressDigits(text: string): string | null {
  const plain = plainAddress(text);
  const digits = ADDRESS.test(plain) ? digitsBehind00(plain) : '';
  return digits.length >= 7 && digits.length <= 15 ? digits : null;
}

/** No country code begins with a zero: 00 stands for the plus. */
export function digitsBehind00(text: string): string {
  return text.replace(/\D/gu, '').replace(/^00/u, '');
}

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
