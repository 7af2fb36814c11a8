import type { Say } from '../core/problem.js';
import type { RejectionReason } from '../core/recipient.js';

/** The cell on account of which a row cannot be sent. */
export interface RejectedCell {
  readonly column: string;
  readonly value: string;
}

/** Why a row cannot be sent, in words. */
export function rowSentence(reason: RejectionReason, cell: RejectedCell, say: Say): string {
  return say(`row.${reason}`, cell);
}
