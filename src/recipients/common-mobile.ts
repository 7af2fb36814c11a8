import { matches, type NumberingPlan, planOfCountry, plansOfCallingCode } from './numbering-plans.js';
import {
  FOREIGN_DIGITS,
  isArgentineMobile,
  MEXICAN_OR_AMERICAN,
  usualInternational,
  usualNational,
} from './phone-rules.js';

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
