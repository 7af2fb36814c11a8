import type { reportEn } from '../en/report.js';

/** Spanish sentences: report, one for each English one. */
export const reportEs: Record<keyof typeof reportEn, string> = {};
