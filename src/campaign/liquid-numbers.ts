import { type Context, defaultOperators, type FilterImplOptions, type Operators } from 'liquidjs';
import { meantBy } from './known-meanings.js';
import { UnreadableValue } from './unreadable-value.js';

type Filter = Extract<FilterImplOptions, (...args: never) => unknown>;

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

/** Digits that a double holds for certain: 0.1 + 0.2 is 0.3 with them. */
const EXACT_DIGITS = 15;

const PLAIN = /^[+-]?\d+(?:[.,]\d+)?$/;
/** A thousand and more to some, a little over one to others: 1.234 and 1,234. */
const EITHER = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;
/** Thousands set apart, and what tells that they are: 1.234,50 and 1,234.50, 1.234.567 and 1,234,567. */
const GROUPED = /^[+-]?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+|(?:\.\d{3}){2,}|(?:,\d{3}){2,})$/;

/**
 * The filters that calculate, for texts of cells: what is no number for certain is an error of its row (`UnreadableValue`), and
 * what comes out has no digits that only a computer's fractions brought.
 */
export function calculating(filters: Readonly<Record<string, FilterImplOptions>>): Record<string, Filter> {
  return Object.fromEntries(
    CALCULATING.map((name) => {
      const original = filters[name] as Filter;
      const filter: Filter = function (value, ...args) {
        const { context } = this;
        const known = args.map((arg) => argument(arg, context));
        return rounded(original.call(this, numbersIn(value, context), ...known));
      };
      return [name, filter];
    }),
  );
}

function numbersIn(value: unknown, context: Context): unknown {
  return Array.isArray(value)
    ? value.map((one) => certainNumber(one, context))
    : certainNumber(value, context);
}

function argument(value: unknown, context: Context): unknown {
  return value === undefined ? value : certainNumber(value, context);
}

function certainNumber(value: unknown, context: Context): number {
  const number = numberOf(value, context);
  if (number === null) throw new UnreadableValue('variable.number', value);
  return number;
}

/** Null: no number, or one that people read differently. */
function numberOf(value: unknown, context: Context): number | null {
  if (typeof value === 'number') return value;
  const meant = meantBy(context, value);
  if (meant !== null) return typeof meant === 'number' ? meant : null;
  const text = typeof value === 'string' ? value.trim() : '';
  if (PLAIN.test(text)) return EITHER.test(text) ? null : Number(text.replace(',', '.'));
  if (!GROUPED.test(text)) return null;
  const at = text.includes('.') && text.includes(',') ? text.search(/[.,]\d*$/) : text.length;
  return Number(`${text.slice(0, at).replaceAll(/[.,]/g, '')}.${text.slice(at + 1)}`);
}

function rounded(result: unknown): unknown {
  if (typeof result !== 'number') return result;
  if (!Number.isFinite(result)) throw new UnreadableValue('variable.number', result);
  return Number(result.toPrecision(EXACT_DIGITS));
}

/**
 * Comparing with a number compares numbers, though cells are texts: Liquid holds `monto > 100` for wrong where the cell
 * says "45,90", and `n == 1` wherever the cell says "1". A blank cell is neither more nor less than a number.
 */
export function comparing(): Operators {
  return {
    ...defaultOperators,
    ...Object.fromEntries(
      (['>', '<', '>=', '<='] as const).map((sign) => [sign, numerically(sign, compared)] as const),
    ),
    ...Object.fromEntries((['==', '!='] as const).map((sign) => [sign, numerically(sign, equated)] as const)),
  };
}

type Sides = readonly [left: unknown, right: unknown];

type Comparison = (left: unknown, right: unknown, context: Context) => ReturnType<Operators[string]>;

function numerically(
  sign: string,
  sides: (left: unknown, right: unknown, context: Context) => Sides,
): Comparison {
  const original = defaultOperators[sign] as Comparison;
  return (left, right, context) => original(...sides(left, right, context), context);
}

/** Two texts that are numbers are compared as such, too: "45" is not more than "100". */
function compared(left: unknown, right: unknown, context: Context): Sides {
  const numbers = [numberOf(left, context), numberOf(right, context)] as const;
  if (!numbers.includes(null)) return numbers;
  if (numbers.every((number) => number === null)) return [left, right];
  if (isBlank(left) || isBlank(right)) return NEITHER;
  return typeof left === 'number' || typeof right === 'number'
    ? [comparable(left, context), comparable(right, context)]
    : [left, right];
}

/** Neither more nor less than the other, nor equal to it. */
const NEITHER: Sides = [Number.NaN, Number.NaN];

function comparable(side: unknown, context: Context): unknown {
  return typeof side === 'string' ? certainNumber(side, context) : side;
}

function equated(left: unknown, right: unknown, context: Context): Sides {
  if (typeof left === 'number') return [left, numberOf(right, context) ?? right];
  return typeof right === 'number' ? [numberOf(left, context) ?? left, right] : [left, right];
}

function isBlank(side: unknown): boolean {
  return typeof side === 'string' && side.trim() === '';
}
