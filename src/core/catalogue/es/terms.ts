import type { termsEn } from '../en/terms.js';

/** Spanish sentences: terms, one for each English one. */
export const termsEs: Record<keyof typeof termsEn, string> = {};
