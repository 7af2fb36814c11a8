/** What belongs to a workspace and its sender, over all campaigns. */
export const SENDERS_SQL = `
CREATE TABLE suppressions (
  workspace TEXT NOT NULL,
  person TEXT NOT NULL CHECK (person <> '' AND person NOT GLOB '*[^0-9]*'),
  -- 0: the workspace's own list; else only for this campaign, from a file it names.
  campaign_id INTEGER NOT NULL DEFAULT 0,
  phone TEXT NOT NULL,
  reason TEXT NOT NULL,
  source TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  expires_at INTEGER,
  PRIMARY KEY (workspace, person, campaign_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE rates (
  sender TEXT PRIMARY KEY,
  rate_per_second REAL NOT NULL,
  learned_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Always empty: filled and emptied to take room on the disk before a run needs it.
CREATE TABLE reserve (filler BLOB NOT NULL) STRICT;
`;
