import type { LeftReason } from '../absence.js';

/** People who got enough messages lately, and when the first of them may get one again. */
export interface CappedPeople {
  readonly count: number;
  /** Epoch milliseconds; null: not known before the next send. */
  readonly firstAllowedAt: number | null;
}

/** How many pieces of evidence of a kind settled deliveries of a campaign, and when the last one was stored. */
export interface EvidenceCount {
  readonly kind: string;
  readonly count: number;
  /** Epoch milliseconds. */
  readonly lastAt: number;
}

/** A reason with the number of deliveries that it holds for. */
export type CountedReason = LeftReason & { readonly count: number };
