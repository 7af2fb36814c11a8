import type { runEn } from '../en/run.js';

/** Spanish sentences: halts and what a run says. */
export const runEs: Record<keyof typeof runEn, string> = {
  'halt.account':
    'El proveedor rechazó la cuenta o el workspace ({detail}). Revise PLAZBOT_WORKSPACE_ID y PLAZBOT_API_KEY y vuelva a ejecutar send.',
};
