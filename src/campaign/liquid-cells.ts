import type { Context, FilterImplOptions } from 'liquidjs';
import { shortened } from '../core/problem.js';
import type { Meanings, UnfilledRow } from '../core/recipient.js';

/** Where the filters find what a workbook knows of a row's cells; no name of a column is this. */
export const MEANINGS = Symbol('meanings');

/**
 * The day (a text) or the number that a cell with this text has; null: nothing is known of it. undefined: two cells show the
 * same and mean different things.
 */
export function meantBy(context: Context, shown: unknown): string | number | null | undefined {
  const { [MEANINGS]: meanings } = context.environments as { readonly [MEANINGS]?: Meanings };
  const found = meanings?.filter(([text]) => text === shown) ?? [];
  const [first] = found;
  if (first === undefined) return null;
  return found.every(([, meant]) => meant === first[1]) ? first[1] : undefined;
}

/** A value that a template calculates with and that cannot be read for certain. Thrown in a filter, caught where it runs. */
export class UnreadableValue extends Error {
  readonly reason: Exclude<UnfilledRow['reason'], 'variable.unresolved'>;
  /** Shortened. */
  readonly value: string;
  constructor(reason: UnreadableValue['reason'], value: unknown) {
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    super(reason);
    this.reason = reason;
    this.value = shortened(text);
  }
}

/**
 * What a blank cell comes to when a number or a date is to be made of it: `default` puts something in its place, as it does
 * for the cell; whatever else takes it as a text leaves its row without a value.
 */
class BlankValue {
  toString(): never {
    throw new UnreadableValue('variable.empty', '');
  }

  toJSON(): never {
    return this.toString();
  }
}

/** The one there is. It equals Liquid's `blank` and `empty`. */
export const BLANK_VALUE = new BlankValue();

/** Whether a cell, or what came of one, holds nothing. */
export function isBlank(value: unknown): boolean {
  return value === BLANK_VALUE || (typeof value === 'string' && value.trim() === '');
}

type Filter = Extract<FilterImplOptions, (...args: never) => unknown>;

/** `default`, for blank cells and what came of them. 0 is a value. */
export function defaulting(filters: Readonly<Record<string, FilterImplOptions>>): {
  readonly default: Filter;
} {
  const original = filters['default'] as Filter;
  return {
    default(value, ...args) {
      return value === 0 ? value : original.call(this, value === BLANK_VALUE ? '' : value, ...args);
    },
  };
}
