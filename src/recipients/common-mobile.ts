import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
} from 'libphonenumber-js/max';
import { FOREIGN_DIGITS, MEXICAN_OR_AMERICAN, usualInternational, usualNational } from './phone-rules.js';

/** A mobile number that exists, by the library's own patterns. */
export interface CommonMobile {
  /** Digits with country code. */
  readonly digits: string;
  readonly country: string;
  readonly kind: 'mobile' | 'either';
}

/** What the library's metadata says about the mobiles of a country. */
interface MobilePlan {
  readonly country: CountryCode;
  readonly callingCode: string;
  readonly national: RegExp;
  readonly mobile: RegExp;
  readonly mobileLengths: readonly number[] | undefined;
  readonly fixedLine: RegExp | null;
  readonly fixedLineLengths: readonly number[] | undefined;
  /** What the library might take off a number's start before it looks at it: such numbers go the long way. */
  readonly prefix: RegExp | null;
}

/**
 * The short way for what most cells of most files hold: a mobile with or without its country code, digits only or
 * with single spaces or hyphens. It asks the numbering library's own patterns once instead of letting it parse, at
 * a tenth of the time. Gives null whenever anything else might be meant; what it gives is what the long way gives,
 * which a property test holds for every country.
 */
export function commonMobile(cell: string, country: string | null): CommonMobile | null {
  const digits = simpleDigits(cell);
  if (digits === null) return null;
  if (cell.charCodeAt(0) === PLUS) return withCallingCode(digits);
  if (country === null) return null;
  const plan = planOf(country);
  if (plan === null) return null;
  if (plan.national.test(digits)) return isUsual(digits, country) ? mobileOf(plan, digits) : null;
  if (plan.prefix?.test(digits) === true) return null;
  if (digits.startsWith(plan.callingCode)) return mobileOf(plan, digits.slice(plan.callingCode.length));
  return isUsual(digits, country) && digits.length >= FOREIGN_DIGITS ? withCallingCode(digits) : null;
}

const PLUS = 0x2b;
const SPACE = 0x20;
const HYPHEN = 0x2d;
const FEWEST_DIGITS = 8;
const MOST_DIGITS = 13;

/** The digits of `+51 987-654-321` and the like; null: not that simple. */
function simpleDigits(cell: string): string | null {
  const start = cell.charCodeAt(0) === PLUS ? 1 : 0;
  if (cell.length - start < FEWEST_DIGITS || cell.length > 20) return null;
  let separators = 0;
  let separated = true;
  for (let index = start; index < cell.length; index += 1) {
    const code = cell.charCodeAt(index);
    if (code >= 0x30 && code <= 0x39) {
      separated = false;
      continue;
    }
    if ((code !== SPACE && code !== HYPHEN) || separated) return null;
    separated = true;
    separators += 1;
  }
  const count = cell.length - start - separators;
  if (separated || count < FEWEST_DIGITS || count > MOST_DIGITS) return null;
  const digits = separators === 0 ? cell.slice(start) : cell.replace(/[+ -]/g, '');
  return digits.startsWith('00') ? null : digits;
}

/** No form that the rules for Mexico and Brazil look at first. */
function isUsual(digits: string, country: string): boolean {
  return usualNational(digits, country) === digits && !(country === 'MX' && MEXICAN_OR_AMERICAN.test(digits));
}

function withCallingCode(digits: string): CommonMobile | null {
  if (usualInternational(digits) !== digits) return null;
  for (let length = 1; length <= 3; length += 1) {
    const plan = plansByCallingCode().get(digits.slice(0, length));
    if (plan !== undefined) return mobileOf(plan, digits.slice(length));
  }
  return null;
}

function mobileOf(plan: MobilePlan, national: string): CommonMobile | null {
  if (plan.prefix?.test(national) === true || !plan.national.test(national)) return null;
  if (!hasLength(national, plan.mobileLengths) || !plan.mobile.test(national)) return null;
  const either = hasLength(national, plan.fixedLineLengths) && plan.fixedLine?.test(national) === true;
  const digits = plan.callingCode + national;
  if (usualInternational(digits) !== digits) return null;
  return { digits, country: plan.country, kind: either ? 'either' : 'mobile' };
}

function hasLength(digits: string, lengths: readonly number[] | undefined): boolean {
  return lengths === undefined || lengths.includes(digits.length);
}

/** Plans by country, made when first asked for; null: the country shares its calling code, and goes the long way. */
const plans = new Map<string, MobilePlan | null>();

function planOf(country: string): MobilePlan | null {
  const known = plans.get(country);
  if (known !== undefined) return known;
  const plan = isSupportedCountry(country) ? readPlan(country) : null;
  plans.set(country, plan);
  return plan;
}

let byCallingCode: ReadonlyMap<string, MobilePlan> | null = null;

function plansByCallingCode(): ReadonlyMap<string, MobilePlan> {
  byCallingCode ??= new Map(
    getCountries().flatMap((country) => {
      const plan = planOf(country);
      return plan === null ? [] : [[plan.callingCode, plan] as const];
    }),
  );
  return byCallingCode;
}

/** The parts of the library's numbering plan that its types leave out (`source/metadata.js`). */
interface NumberingPlan {
  nationalNumberPattern(): string;
  nationalPrefixForParsing(): string | undefined;
  IDDPrefix(): string;
  type(name: 'MOBILE' | 'FIXED_LINE'): NumberType | undefined;
}

interface NumberType {
  pattern(): string;
  possibleLengths(): readonly number[] | undefined;
}

function isNumberingPlan(plan: unknown): plan is NumberingPlan {
  const names = ['nationalNumberPattern', 'nationalPrefixForParsing', 'IDDPrefix', 'type'] as const;
  return names.every((name) => typeof Reflect.get(Object(plan), name) === 'function');
}

function readPlan(country: CountryCode): MobilePlan | null {
  const callingCode = String(getCountryCallingCode(country));
  if (sharedCallingCodes().has(callingCode)) return null;
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const plan: unknown = metadata.numberingPlan;
  if (!isNumberingPlan(plan)) return null;
  const mobile = plan.type('MOBILE');
  const fixedLine = plan.type('FIXED_LINE');
  if (mobile === undefined || !mobile.pattern()) return null;
  const prefixes = [plan.nationalPrefixForParsing(), plan.IDDPrefix()].filter((prefix) => Boolean(prefix));
  return {
    country,
    callingCode,
    national: whole(plan.nationalNumberPattern()),
    mobile: whole(mobile.pattern()),
    mobileLengths: mobile.possibleLengths(),
    fixedLine: fixedLine?.pattern() ? whole(fixedLine.pattern()) : null,
    fixedLineLengths: fixedLine?.possibleLengths(),
    prefix: prefixes.length === 0 ? null : new RegExp(`^(?:${prefixes.join('|')})`),
  };
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

let shared: ReadonlySet<string> | null = null;

function sharedCallingCodes(): ReadonlySet<string> {
  if (shared !== null) return shared;
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const country of getCountries()) {
    const code = String(getCountryCallingCode(country));
    if (seen.has(code)) repeated.add(code);
    seen.add(code);
  }
  shared = repeated;
  return repeated;
}
