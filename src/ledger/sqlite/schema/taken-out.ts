/** How a run hears that people were taken out beside it, without a look at every list. */
export const TAKEN_OUT_SQL = `
-- Raised whenever somebody of the workspace is put on a do-not-contact list.
ALTER TABLE campaigns ADD COLUMN taken_out INTEGER NOT NULL DEFAULT 0;
`;
