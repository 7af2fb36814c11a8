import type { sandboxEn } from '../en/sandbox.js';

/** Spanish sentences: sandbox, one for each English one. */
export const sandboxEs: Record<keyof typeof sandboxEn, string> = {};
