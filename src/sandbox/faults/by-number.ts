import type { FaultEffect } from './fault.js';
import { effectOf } from './presets.js';

/**
 * What the last four digits of a destination do under the fault `by-number`, for trying things by hand. Other
 * numbers are sent as usual.
 */
export const FAULT_BY_LAST_DIGITS: Readonly<Record<string, string>> = {
  '0001': 'reset-before',
  '0002': 'reset-after',
  '0003': 'close-after',
  '0004': 'truncated-after',
  '0005': 'garbage-after',
  '0006': 'false-after',
  '0007': 'slow',
  '0400': 'http-400',
  '0401': 'http-401',
  '0422': 'http-422',
  '0429': 'http-429',
  '0500': 'http-500',
  '0501': 'http-500-after',
  '1016': 'code-131016',
  '1026': 'code-131026',
  '1049': 'code-131049',
  '1050': 'code-131050',
  '1056': 'code-131056-400',
  '2001': 'code-132001',
  '2018': 'code-132018',
  '9001': 'listed-never',
  '9002': 'listed-twice',
  '9003': 'listed-failed',
};

/** The same with the effects themselves. */
export function effectsByNumber(): Readonly<Record<string, FaultEffect>> {
  const entries = Object.entries(FAULT_BY_LAST_DIGITS).flatMap(([digits, name]) => {
    const effect = effectOf(name);
    return effect === null ? [] : [[digits, effect] as const];
  });
  return Object.fromEntries(entries);
}
