/** English sentences: report. Places are ICU MessageFormat. */
export const reportEn = {} as const;
