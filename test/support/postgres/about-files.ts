/** Tests that tell nothing of a ledger in a database, by their names, and why. */
export const ABOUT_FILES: ReadonlyMap<string, string> = new Map([]);
