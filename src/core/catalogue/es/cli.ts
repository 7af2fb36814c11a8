import type { cliEn } from '../en/cli.js';

/** Spanish sentences: cli, one for each English one. */
export const cliEs: Record<keyof typeof cliEn, string> = {};
