/** English sentences: ledger. Places are ICU MessageFormat. */
export const ledgerEn = {} as const;
