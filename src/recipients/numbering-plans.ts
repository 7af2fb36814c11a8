import { getCountries, getCountryCallingCode, isSupportedCountry, Metadata } from 'libphonenumber-js/max';
import libraryData from 'libphonenumber-js/max/metadata';

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
export function planOfCountry(country: string): NumberingPlan | null {
  const known = plans.get(country);
  if (known !== undefined) return known;
  const plan = isSupportedCountry(country) ? readPlan(country) : null;
  plans.set(country, plan);
  return plan;
}

let byCallingCode: ReadonlyMap<string, readonly NumberingPlan[]> | null = null;

/** The plans of the countries with a calling code, in the order in which the library tries them; none: no such code. */
export function plansOfCallingCode(callingCode: string): readonly NumberingPlan[] {
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
