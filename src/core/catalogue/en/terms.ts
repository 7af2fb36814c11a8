/** English sentences: terms. Places are ICU MessageFormat. */
export const termsEn = {} as const;
