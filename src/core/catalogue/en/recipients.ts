/** English sentences: recipients. Places are ICU MessageFormat. */
export const recipientsEn = {} as const;
