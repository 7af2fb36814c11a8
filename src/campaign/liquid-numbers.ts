import type { Context, FilterImplOptions } from 'liquidjs';
import { BLANK_VALUE, isBlank, meantBy, UnreadableValue } from './liquid-cells.js';

type Filter = Extract<FilterImplOptions, (...args: never) => unknown>;
type Filters = Readonly<Record<string, FilterImplOptions>>;

/** Filters that calculate; Liquid takes 0 for what it cannot read (https://liquidjs.com/filters/overview.html). */
const CALCULATING = [
  'abs',
  'at_least',
  'at_most',
  'ceil',
  'divided_by',
  'floor',
  'minus',
  'modulo',
  'plus',
  'round',
  'sum',
  'times',
  'to_integer',
] as const;

/** Filters that cut a text, and how many of their first arguments are numbers. */
const CUTTING = { slice: 2, truncate: 1, truncatewords: 1 } as const;

/** Digits that a double holds for certain: 0.1 + 0.2 is 0.3 with them. */
const EXACT_DIGITS = 15;

const PLAIN = /^[+-]?(?:\d+(?:[.,]\d+)?|\.\d+)$/;
/** A thousand and more to some, a little over one to others: 1.234 and 1,234. */
const EITHER = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;
/** Thousands set apart, and what tells that they are: 1.234,50 and 1,234.50, 1.234.567 and 1,234,567. */
const GROUPED = /^[+-]?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+|(?:\.\d{3}){2,}|(?:,\d{3}){2,})$/;

/**
 * The filters that calculate or count, for texts of cells: what is no number for certain is an error of its row
 * (`UnreadableValue`), and what comes out has no digits that only a computer's fractions brought.
 */
export function calculating(filters: Filters): Record<string, Filter> {
  return {
    ...Object.fromEntries(CALCULATING.map((name) => [name, calculated(filters[name] as Filter)])),
    ...Object.fromEntries(
      Object.entries(CUTTING).map(([name, numbers]) => [name, cut(filters[name] as Filter, numbers)]),
    ),
  };
}

function calculated(original: Filter): Filter {
  return function (value, ...args) {
    const { context } = this;
    if (isBlank(value)) return BLANK_VALUE;
    const numbers = Array.isArray(value)
      ? value.map((one) => certainNumber(one, context))
      : certainNumber(value, context);
    return rounded(original.call(this, numbers, ...args.map((arg) => argument(arg, context))));
  };
}

function cut(original: Filter, numbers: number): Filter {
  return function (value, ...args) {
    const known = args.map((arg, at) => (at < numbers ? argument(arg, this.context) : arg));
    return original.call(this, value, ...known);
  };
}

/** `divided_by: 3, true` has a word that is no number. */
function argument(value: unknown, context: Context): unknown {
  return value === undefined || typeof value === 'boolean' ? value : certainNumber(value, context);
}

/** Throws `UnreadableValue` for what is no number for certain. */
export function certainNumber(value: unknown, context: Context): number {
  if (isBlank(value)) throw new UnreadableValue('variable.empty', '');
  const number = numberOf(value, context);
  if (number === null) throw new UnreadableValue('variable.number', value);
  return number;
}

/** Null: no number, or one that people read differently, or one with more digits than a computer calculates with. */
export function numberOf(value: unknown, context: Context): number | null {
  if (typeof value === 'number') return value;
  const meant = meantBy(context, value);
  if (meant !== null) return typeof meant === 'number' ? meant : null;
  const number = readNumber(typeof value === 'string' ? value.trim() : '');
  return number === null || Math.abs(number) >= 10 ** EXACT_DIGITS ? null : number;
}

function readNumber(text: string): number | null {
  if (PLAIN.test(text)) return isEither(text) ? null : Number(text.replace(',', '.'));
  if (!GROUPED.test(text)) return null;
  const at = text.includes('.') && text.includes(',') ? text.search(/[.,]\d*$/) : text.length;
  return Number(`${text.slice(0, at).replaceAll(/[.,]/g, '')}.${text.slice(at + 1)}`);
}

/** Whether it is a number that people read differently. */
export function isEither(value: unknown): boolean {
  return typeof value === 'string' && EITHER.test(value.trim());
}

function rounded(result: unknown): unknown {
  if (typeof result !== 'number') return result;
  if (!Number.isFinite(result)) throw new UnreadableValue('variable.number', result);
  return Number(result.toPrecision(EXACT_DIGITS));
}
