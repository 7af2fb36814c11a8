/** What tells a ledger from others, and what a campaign's people are told apart by. */
export const KNOWN_LEDGER_SQL = `
-- One row: a UUID (version 4), made with the ledger; every copy carries the same.
CREATE TABLE ledger_identity (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  id TEXT NOT NULL
) STRICT;
INSERT INTO ledger_identity (only_row, id) VALUES (1, lower(
  hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
  substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))));

-- The recipients' column that, with the phone, makes one duty to send; NULL: the phone alone.
ALTER TABLE campaigns ADD COLUMN key_column TEXT;
`;
