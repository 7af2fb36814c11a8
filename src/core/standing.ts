import type { DeliveryStatus } from './counts.js';

/**
 * What a row means to the ledger: a person new to the campaign, one who repeats an earlier row of the same file,
 * one who must not be written to now, or one whom the campaign already knows.
 */
export type Standing =
  | { readonly kind: 'new' }
  | { readonly kind: 'duplicate'; readonly firstLine: number }
  | { readonly kind: 'held-back'; readonly reason: 'suppressed' | 'capped' | 'canceled' }
  | {
      readonly kind: 'known';
      readonly status: DeliveryStatus;
      readonly reason: string | null;
      /** The values of the row differ from those the ledger holds. */
      readonly changed: boolean;
    };

/** Whether `send` would send to a row that stands like this. */
export function isPlanned(standing: Standing | null): boolean {
  return standing?.kind === 'new' || (standing?.kind === 'known' && standing.status === 'pending');
}
