import { shortened } from '../core/problem.js';
import type { UnfilledRow } from '../core/recipient.js';

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
