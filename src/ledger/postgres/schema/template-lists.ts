/** The list of templates that a sender's provider told last: what `check` shows without asking anybody. */
export const TEMPLATE_LISTS_SQL = `
CREATE TABLE template_lists (
  sender text COLLATE "C" PRIMARY KEY,
  read_at bigint NOT NULL,
  templates text COLLATE "C" NOT NULL CHECK (templates::json IS NOT NULL)
);
`;
