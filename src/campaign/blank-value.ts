import type { FilterImplOptions } from 'liquidjs';
import { UnreadableValue } from './unreadable-value.js';

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
