/** What belongs to no campaign: what tells a ledger from others, what senders were taught, room on the disk. */
export const WHOLE_LEDGER_SQL = `
-- One row: a UUID (version 4), made with the ledger; every copy carries the same.
CREATE TABLE ledger_identity (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  id TEXT NOT NULL
) STRICT;
INSERT INTO ledger_identity (only_row, id) VALUES (1, lower(
  hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
  substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))));

CREATE TABLE rates (
  sender TEXT PRIMARY KEY,
  rate_per_second REAL NOT NULL,
  learned_at INTEGER NOT NULL,
  -- Until when the provider asked for no request, and when it did.
  paused_until INTEGER,
  paused_at INTEGER
) STRICT, WITHOUT ROWID;

-- Always empty: filled and emptied to take room on the disk before a run needs it.
CREATE TABLE reserve (filler BLOB NOT NULL) STRICT;
`;
