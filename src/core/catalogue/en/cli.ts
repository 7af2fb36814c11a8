/** English sentences: cli. Places are ICU MessageFormat. */
export const cliEn = {} as const;
