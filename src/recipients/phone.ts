import { getCountries, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { ControlPhone } from '../core/campaign.js';
import {
  FOREIGN_DIGITS,
  isArgentineMobile,
  MEXICAN_OR_AMERICAN,
  type ParsedPhone,
  type PhoneKind,
  type PhoneOptions,
  personOf,
  usualInternational,
  usualNational,
  wireOf,
} from '../core/phone.js';
import { commonMobile } from './common-mobile.js';
import { type PhoneText, readPhoneText } from './phone-text.js';

/** A number that exists, by the library's numbering plans. */
interface Reading {
  /** Digits with country code. */
  readonly digits: string;
  readonly country: string;
  readonly kind: PhoneKind;
}

/**
 * Reads one phone number as a person typed it. `country` (ISO 3166-1 alpha-2) is for numbers without country code;
 * with null every number needs its own.
 */
export function parsePhone(text: string, country: string | null, options: PhoneOptions): ParsedPhone {
  const common = commonMobile(text, country);
  if (common !== null) return finished(common, options);
  return parseByPlan(text, country, options);
}

/** The same without the short way for common mobiles: the tests hold one against the other. */
export function parseByPlan(text: string, country: string | null, options: PhoneOptions): ParsedPhone {
  const typed = readPhoneText(text);
  if (!typed.ok) return typed;
  const reading = typed.international ? withCode(typed.digits, country) : withoutCode(typed, country);
  return reading === null ? { ok: false, reason: 'phone.invalid' } : finished(reading, options);
}

/** The countries that the numbering plans know (ISO 3166-1 alpha-2). */
export function phoneCountries(): ReadonlySet<string> {
  return new Set(getCountries());
}

function finished(reading: Reading, options: PhoneOptions): ParsedPhone {
  if (reading.kind === 'landline' && options.landlines === 'reject')
    return { ok: false, reason: 'phone.landline' };
  const { country, kind } = reading;
  const person = personOf(reading.digits);
  return { ok: true, phone: wireOf(person, country, options.wire), person, country, kind };
}

/**
 * A number with `+` or `00`. When it is no mobile abroad but would be one at home without the plus, the plus was
 * a slip and nobody knows what was meant: it is refused rather than sent to somebody in another country.
 */
function withCode(digits: string, country: string | null): Reading | null {
  const reading = international(digits);
  if (reading === null || reading.kind !== 'landline' || country === null) return reading;
  if (reading.country === country) return reading;
  const atHome = national(digits, country);
  return atHome === null || atHome.kind === 'landline' ? reading : null;
}

function withoutCode(typed: PhoneText & { ok: true }, country: string | null): Reading | null {
  if (country === null) return international(typed.digits);
  const atHome = national(typed.digits, country) ?? mexicanWith1(typed.digits, country);
  if (atHome !== null) return atHome;
  const abroad = international(typed.digits);
  if (abroad === null || abroad.country === country) return abroad;
  return typed.digits.length >= FOREIGN_DIGITS && !isMexicanOrAmerican(typed.digits, country) ? abroad : null;
}

function mexicanWith1(digits: string, country: string): Reading | null {
  if (!isMexicanOrAmerican(digits, country) || international(digits) !== null) return null;
  return national(digits.slice(1), country);
}

function isMexicanOrAmerican(digits: string, country: string): boolean {
  return country === 'MX' && MEXICAN_OR_AMERICAN.test(digits) && national(digits.slice(1), country) !== null;
}

function national(digits: string, country: string): Reading | null {
  return isSupportedCountry(country) ? plan(usualNational(digits, country), country) : null;
}

function international(digits: string): Reading | null {
  return plan(`+${usualInternational(digits)}`, null);
}

function plan(text: string, country: string | null): Reading | null {
  const number = parsePhoneNumberFromString(text, {
    extract: false,
    ...(country !== null && isSupportedCountry(country) ? { defaultCountry: country } : {}),
  });
  if (number === undefined || !number.isValid()) return null;
  const digits = number.number.slice(1);
  return { digits, country: number.country ?? '', kind: kindOf(number.getType(), digits) };
}

function kindOf(type: string | undefined, digits: string): PhoneKind {
  if (type === 'MOBILE') return 'mobile';
  if (type === 'FIXED_LINE_OR_MOBILE' || type === 'VOIP' || type === 'PERSONAL_NUMBER') return 'either';
  return isArgentineMobile(digits) ? 'mobile' : 'landline';
}

/** The rules of recipients that hold for one's own phone, too. */
interface PhoneSettings {
  readonly country?: string | null | undefined;
  readonly wire?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The phone that a campaign file names for itself; null: it cannot be read. */
export function readControlPhone(
  typed: string,
  { country = null, wire = {} }: PhoneSettings,
): ControlPhone | null {
  const forms = Object.entries(wire).flatMap(([name, prefix]) =>
    prefix === undefined ? [] : [[name, prefix]],
  );
  const phone = parsePhone(typed, country, { landlines: 'accept', wire: Object.fromEntries(forms) });
  return phone.ok ? { phone: phone.phone, person: phone.person, country: phone.country } : null;
}
