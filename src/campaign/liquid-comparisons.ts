import { type Context, defaultOperators, type Operators } from 'liquidjs';
import { isBlank } from './liquid-cells.js';
import { certainMoment, type DateHabits, isDayLike, momentOf } from './liquid-dates.js';
import { certainNumber, isEither, numberOf } from './liquid-numbers.js';

type Operator = Operators[string];
type Comparison = (left: unknown, right: unknown, context: Context) => ReturnType<Operator>;
type Sides = readonly [left: unknown, right: unknown];

/** What Excel shows for a cell that is true or false, in English, Spanish or Portuguese. */
const TRUTHS: Readonly<Record<string, boolean>> = {
  true: true,
  verdadero: true,
  verdadeiro: true,
  false: false,
  falso: false,
};

/**
 * Comparing with a number compares numbers, and with a day days, though cells are texts: Liquid holds `monto > 100` for
 * wrong where the cell says "45,90", and `n == 1` wherever the cell says "1". A blank cell is neither more nor less than
 * one of these; what cannot be read as one for certain is an error of its row (`UnreadableValue`).
 */
export function comparing({ dayFirst }: DateHabits): Operators {
  const order = (left: unknown, right: unknown, context: Context) => ordered(left, right, context, dayFirst);
  const equality = (left: unknown, right: unknown, context: Context) =>
    equated(left, right, context, dayFirst);
  const over = (signs: readonly string[], sides: typeof order) =>
    Object.fromEntries(signs.map((sign) => [sign, readFirst(sign, sides)]));
  return {
    ...defaultOperators,
    ...over(['>', '<', '>=', '<='], order),
    ...over(['==', '!='], equality),
    ...over(['contains'], within),
  };
}

function readFirst(
  sign: string,
  sides: (left: unknown, right: unknown, context: Context) => Sides,
): Comparison {
  const original = defaultOperators[sign] as Comparison;
  return (left, right, context) => original(...sides(left, right, context), context);
}

/** Two texts that are numbers are compared as such, too: "45" is not more than "100". */
function ordered(left: unknown, right: unknown, context: Context, dayFirst: boolean): Sides {
  const sides = [left, right] as const;
  if (!sides.every(isComparable)) return sides;
  const hasNumber = sides.some((side) => numberOf(side, context) !== null || isEither(side));
  const hasDay = () => sides.some((side) => isDayLike(side) || momentOf(side, context, dayFirst) !== null);
  if (!hasNumber && !hasDay()) return sides;
  if (sides.some(isBlank)) return NEITHER;
  if (hasNumber) return [certainNumber(left, context), certainNumber(right, context)];
  return [certainMoment(left, context, dayFirst).at, certainMoment(right, context, dayFirst).at];
}

function isComparable(side: unknown): boolean {
  return typeof side === 'string' || typeof side === 'number' || isBlank(side);
}

/** Neither more nor less than the other, nor equal to it. */
const NEITHER: Sides = [Number.NaN, Number.NaN];

function equated(left: unknown, right: unknown, context: Context, dayFirst: boolean): Sides {
  if (typeof left === 'number') return [left, numberOf(right, context) ?? right];
  if (typeof right === 'number') return [numberOf(left, context) ?? left, right];
  if (typeof left === 'boolean' || typeof right === 'boolean') return [truth(left), truth(right)];
  if (typeof left !== 'string' || typeof right !== 'string' || left === right) return [left, right];
  const days = [momentOf(left, context, dayFirst), momentOf(right, context, dayFirst)] as const;
  return days[0] === null || days[1] === null ? [left, right] : [days[0].at, days[1].at];
}

function truth(side: unknown): unknown {
  return typeof side === 'string' ? (TRUTHS[side.trim().toLowerCase()] ?? side) : side;
}

/** A list of numbers has a text that is one of them, and a list of texts a number that one of them is. */
function within(list: unknown, one: unknown, context: Context): Sides {
  if (!Array.isArray(list) || ![...list, one].some((each) => typeof each === 'number')) return [list, one];
  const numeric = (each: unknown) => numberOf(each, context) ?? each;
  return [list.map(numeric), numeric(one)];
}
