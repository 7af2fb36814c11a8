/** Goes up when the same file and settings would give other rows than before: phone rules, checks of values, Liquid. */
export const ROW_RULES_VERSION = 6;
