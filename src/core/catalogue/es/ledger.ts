import type { ledgerEn } from '../en/ledger.js';

/** Spanish sentences: ledger, one for each English one. */
export const ledgerEs: Record<keyof typeof ledgerEn, string> = {};
