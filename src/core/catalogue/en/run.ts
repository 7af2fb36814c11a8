/** English sentences: halts and what a run says. Places are ICU MessageFormat. */
export const runEn = {
  'halt.account':
    'The provider refused the account or workspace ({detail}). Check PLAZBOT_WORKSPACE_ID and PLAZBOT_API_KEY, then run send again.',
} as const;
