import type { DeliveryStatus } from './counts.js';

/**
 * What a row means to the ledger: a person new to the campaign, one who repeats an earlier row of the same file,
 * or one whom the campaign already knows.
 */
export type Standing =
  | { readonly kind: 'new' }
  | { readonly kind: 'duplicate'; readonly firstLine: number }
  | {
      readonly kind: 'known';
      readonly status: DeliveryStatus;
      /** The values of the row differ from those the ledger holds. */
      readonly changed: boolean;
    };
