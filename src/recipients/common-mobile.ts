import { getCountries, getCountryCallingCode, isSupportedCountry, Metadata } from 'libphonenumber-js/max';
import libraryData from 'libphonenumber-js/max/metadata';
import {
  FOREIGN_DIGITS,
  isArgentineMobile,
  MEXICAN_OR_AMERICAN,
  usualInternational,
  usualNational,
} from '../core/phone.js';

/** A mobile number that exists, by the library's own patterns. */
export interface CommonMobile {
  /** Digits with country code. */
  readonly digits: string;
  readonly country: string;
  readonly kind: 'mobile' | 'either';
}

/**
 * The short way for what most cells of most files hold: a mobile with or without its country code or trunk 0,
 * digits only or with spaces, hyphens and brackets. It asks the numbering library's own patterns once instead of
 * letting it parse, at a tenth of the time. Gives null whenever anything else might be meant; what it gives is what
 * the long way gives, which a property test holds for every country.
 */
export function commonMobile(cell: string, country: string | null): CommonMobile | null {
  const digits = simpleDigits(cell);
  if (digits === null) return null;
  if (country === null || cell.charCodeAt(0) === PLUS) return withCallingCode(digits);
  const plan = planOfCountry(country);
  if (plan === null) return null;
  const atHome = usualNational(digits, country);
  if (plan.national.test(atHome)) return mobileOf(plan, atHome);
  if (losesPrefix(atHome, plan)) return behindTrunkPrefix(atHome, plan);
  if (digits.startsWith(plan.callingCode)) return withCallingCode(digits);
  if (atHome !== digits || (country === 'MX' && MEXICAN_OR_AMERICAN.test(digits))) return null;
  return digits.length >= FOREIGN_DIGITS ? withCallingCode(digits) : null;
}

const PLUS = 0x2b;
const FEWEST_DIGITS = 8;
const MOST_DIGITS = 13;
const LONGEST_CELL = 24;
/** Digits only, and digits with the marks that cannot make two numbers of so few digits. */
const DIGITS = /^\+?\d{8,13}$/;
const MARKED = /^\+?[ (]*\d[\d ()-]*$/;

/** The digits of `+51 987-654-321`, `(11) 98765-4321` and the like; null: not that simple. */
function simpleDigits(cell: string): string | null {
  if (cell.length < FEWEST_DIGITS || cell.length > LONGEST_CELL) return null;
  const digits = bareDigits(cell);
  if (digits === null || digits.startsWith('00')) return null;
  return digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS ? null : digits;
}

function bareDigits(cell: string): string | null {
  if (DIGITS.test(cell)) return cell.charCodeAt(0) === PLUS ? cell.slice(1) : cell;
  return MARKED.test(cell) ? cell.replace(/[+ ()-]/g, '') : null;
}

/** The number behind a trunk prefix of one digit, as many countries write mobiles at home; null: no such thing. */
function behindTrunkPrefix(digits: string, plan: NumberingPlan): CommonMobile | null {
  if (plan.foreignPrefix?.test(digits) === true) return null;
  const [prefix, ...groups] = plan.trunkPrefix?.exec(digits) ?? [];
  if (prefix?.length !== 1 || groups.some((group) => group !== undefined)) return null;
  const national = digits.slice(1);
  return plan.national.test(national) ? mobileOf(plan, national) : null;
}

function withCallingCode(typed: string): CommonMobile | null {
  const digits = usualInternational(typed);
  for (let length = 1; length <= 3; length += 1) {
    const [main] = plansOfCallingCode(digits.slice(0, length));
    if (main !== undefined) return mobileOf(main, digits.slice(length));
  }
  return null;
}

/** A number read by this plan; it may belong to another country with the same calling code. */
function mobileOf(readBy: NumberingPlan, national: string): CommonMobile | null {
  if (losesPrefix(national, readBy)) return null;
  const plan = ownerOf(readBy.callingCode, national);
  if (plan === null || !plan.national.test(national)) return null;
  const { country, mobile, fixedLine } = plan;
  const digits = plan.callingCode + national;
  if (fixedLine !== null && matches(national, fixedLine)) {
    if (mobile === 'same' || (mobile !== null && matches(national, mobile)))
      return { digits, country, kind: 'either' };
    return isArgentineMobile(digits) ? { digits, country, kind: 'mobile' } : null;
  }
  return mobile !== null && mobile !== 'same' && matches(national, mobile)
    ? { digits, country, kind: 'mobile' }
    : null;
}

/** The country of a number, found as the library does: by leading digits where a country has them, else by any type. */
function ownerOf(callingCode: string, national: string): NumberingPlan | null {
  const plans = plansOfCallingCode(callingCode);
  if (plans.length === 1) return plans[0] ?? null;
  const owns = (plan: NumberingPlan): boolean =>
    plan.leadingDigits === null ? isOfAnyType(plan, national) : plan.leadingDigits.test(national);
  return plans.find(owns) ?? null;
}

function isOfAnyType(plan: NumberingPlan, national: string): boolean {
  if (!plan.national.test(national)) return false;
  const { fixedLine, mobile, others } = plan;
  if (fixedLine !== null && matches(national, fixedLine)) return true;
  if (mobile !== null && mobile !== 'same' && matches(national, mobile)) return true;
  return others.some((type) => matches(national, type));
}

/** Whether the library might take something off the start of a number before it looks at it. */
function losesPrefix(digits: string, plan: NumberingPlan): boolean {
  return plan.foreignPrefix?.test(digits) === true || (plan.trunkPrefix?.exec(digits)?.[0] ?? '') !== '';
}

/** A pattern for numbers of one type: all digits after the country code, of certain lengths. */
interface NumberPattern {
  readonly digits: RegExp;
  /** undefined: any that the pattern takes. */
  readonly lengths: readonly number[] | undefined;
}

/** What the numbering library knows about the numbers of a country, ready to be asked many times. */
export interface NumberingPlan {
  readonly country: string;
  readonly callingCode: string;
  /** Any number of the country. */
  readonly national: RegExp;
  readonly fixedLine: NumberPattern | null;
  /** `same`: fixed lines and mobiles cannot be told apart. */
  readonly mobile: NumberPattern | 'same' | null;
  /** Every other type: toll-free, premium rate and so on. */
  readonly others: readonly NumberPattern[];
  /** Digits that belong to this country alone among those with its calling code. */
  readonly leadingDigits: RegExp | null;
  /** What is dialled before a number abroad, and before one at home. */
  readonly foreignPrefix: RegExp | null;
  readonly trunkPrefix: RegExp | null;
}

/** Plans by country, read when first asked for. */
const plans = new Map<string, NumberingPlan | null>();

/** The plan of a country (ISO 3166-1 alpha-2); null: the library does not know it, or hides its patterns. */
function planOfCountry(country: string): NumberingPlan | null {
  const known = plans.get(country);
  if (known !== undefined) return known;
  const plan = isSupportedCountry(country) ? readPlan(country) : null;
  plans.set(country, plan);
  return plan;
}

let byCallingCode: ReadonlyMap<string, readonly NumberingPlan[]> | null = null;

/** The plans of the countries with a calling code, in the order in which the library tries them; none: no such code. */
function plansOfCallingCode(callingCode: string): readonly NumberingPlan[] {
  byCallingCode ??= readAll();
  return byCallingCode.get(callingCode) ?? [];
}

function readAll(): ReadonlyMap<string, readonly NumberingPlan[]> {
  const known = new Set<string>(getCountries());
  return new Map(
    Object.entries(libraryData.country_calling_codes).map(([callingCode, countries]) => {
      const all = countries.flatMap((country) => (known.has(country) ? [planOfCountry(country)] : []));
      const readable = all.filter((plan) => plan !== null);
      // A plan that cannot be read could be the one: then the code's numbers are left to the library.
      return [callingCode, readable.length === countries.length ? readable : []] as const;
    }),
  );
}

/** Whether a number (the digits after the country code) is of this type. */
export function matches(digits: string, pattern: NumberPattern): boolean {
  return (
    (pattern.lengths === undefined || pattern.lengths.includes(digits.length)) && pattern.digits.test(digits)
  );
}

const OTHER_TYPES = [
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
] as const;

/** The parts of the library's own plan that its types leave out (`source/metadata.js`). */
interface LibraryPlan {
  nationalNumberPattern(): string;
  nationalPrefixForParsing(): string | undefined;
  IDDPrefix(): string | undefined;
  leadingDigits(): string | undefined;
  type(name: 'FIXED_LINE' | 'MOBILE' | (typeof OTHER_TYPES)[number]): LibraryType | undefined;
}

interface LibraryType {
  pattern(): string | undefined;
  possibleLengths(): readonly number[] | undefined;
}

const LIBRARY_METHODS = [
  'nationalNumberPattern',
  'nationalPrefixForParsing',
  'IDDPrefix',
  'leadingDigits',
  'type',
];

function isLibraryPlan(plan: unknown): plan is LibraryPlan {
  return LIBRARY_METHODS.every((name) => typeof Reflect.get(Object(plan), name) === 'function');
}

function readPlan(country: Parameters<typeof getCountryCallingCode>[0]): NumberingPlan | null {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const plan: unknown = metadata.numberingPlan;
  if (!isLibraryPlan(plan)) return null;
  const mobile = plan.type('MOBILE');
  return {
    country,
    callingCode: String(getCountryCallingCode(country)),
    national: whole(plan.nationalNumberPattern()),
    fixedLine: patternOf(plan.type('FIXED_LINE')),
    mobile: mobile === undefined || mobile.pattern() === '' ? 'same' : patternOf(mobile),
    others: OTHER_TYPES.flatMap((name) => patternOf(plan.type(name)) ?? []),
    leadingDigits: beginning(plan.leadingDigits()),
    foreignPrefix: beginning(plan.IDDPrefix()),
    trunkPrefix: beginning(plan.nationalPrefixForParsing()),
  };
}

function patternOf(type: LibraryType | undefined): NumberPattern | null {
  const pattern = type?.pattern();
  return pattern ? { digits: whole(pattern), lengths: type?.possibleLengths() } : null;
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

function beginning(pattern: string | undefined): RegExp | null {
  return pattern ? new RegExp(`^(?:${pattern})`) : null;
}
