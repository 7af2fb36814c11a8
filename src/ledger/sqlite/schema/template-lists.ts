/** The list of templates that a sender's provider told last: what `check` shows without asking anybody. */
export const TEMPLATE_LISTS_SQL = `
CREATE TABLE template_lists (
  sender TEXT PRIMARY KEY,
  read_at INTEGER NOT NULL,
  templates TEXT NOT NULL CHECK (json_valid(templates))
) STRICT, WITHOUT ROWID;
`;
