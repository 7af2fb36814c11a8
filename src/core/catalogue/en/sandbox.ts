/** English sentences: sandbox. Places are ICU MessageFormat. */
export const sandboxEn = {} as const;
