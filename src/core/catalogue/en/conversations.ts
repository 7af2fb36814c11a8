/** English sentences: conversations. Places are ICU MessageFormat. */
export const conversationsEn = {} as const;
