/** What people did: rows are added, and neither changed nor taken away. */
export const ACTIONS_SQL = `
CREATE TABLE actions (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind <> ''),
  done_by TEXT NOT NULL CHECK (done_by <> ''),
  done_at INTEGER NOT NULL,
  place TEXT NOT NULL CHECK (place IN ('terminal', 'page')),
  -- '': none, or nobody knows which.
  workspace TEXT NOT NULL,
  campaign TEXT NOT NULL,
  subject TEXT NOT NULL,
  was TEXT CHECK (was IS NULL OR json_valid(was)),
  became TEXT CHECK (became IS NULL OR json_valid(became))
) STRICT;
CREATE INDEX actions_by_campaign ON actions (campaign, id);
CREATE INDEX actions_by_person ON actions (done_by, id);
CREATE INDEX actions_by_time ON actions (done_at);

CREATE TRIGGER action_is_not_changed BEFORE UPDATE ON actions
BEGIN SELECT RAISE(ABORT, 'the log of actions is never changed'); END;

CREATE TRIGGER action_stays BEFORE DELETE ON actions
BEGIN SELECT RAISE(ABORT, 'the log of actions is never deleted'); END;
`;
