import type { recipientsEn } from '../en/recipients.js';

/** Spanish sentences: recipients, one for each English one. */
export const recipientsEs: Record<keyof typeof recipientsEn, string> = {};
