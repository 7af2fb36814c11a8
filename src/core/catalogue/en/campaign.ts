/** English sentences: campaign. Places are ICU MessageFormat. */
export const campaignEn = {} as const;
