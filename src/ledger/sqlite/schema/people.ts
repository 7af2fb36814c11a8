/** Who must not be written to, and who was forgotten: what is left of them is a fingerprint. */
export const PEOPLE_SQL = `
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

-- One row: the salt of the fingerprints, made at the first erasure.
CREATE TABLE forgetting (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT;

-- Stands in deliveries and suppressions instead of person and phone; see forgotten_is_never_sent.
CREATE TABLE forgotten (
  fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) = 19),
  forgotten_at INTEGER NOT NULL,
  -- The person, once a new campaign has brought her number again: what she got before counts against limits.
  known_as TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX forgotten_known_as ON forgotten (known_as) WHERE known_as IS NOT NULL;
`;
