/** Who may use what others can reach, and their browsers. */
export const TEAM_SQL = `
CREATE TABLE users (
  name TEXT PRIMARY KEY CHECK (name = lower(name) AND length(name) BETWEEN 1 AND 64),
  roles TEXT NOT NULL CHECK (json_array_length(roles) > 0),
  password_hash TEXT,
  oidc TEXT UNIQUE CHECK (oidc <> ''),
  added_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  CHECK (password_hash IS NOT NULL OR oidc IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- Who is removed is out at once.
CREATE TABLE sessions (
  fingerprint TEXT PRIMARY KEY,
  user_name TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
  begun_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_name);
`;
