/** Who may use what others can reach, and their browsers. */
export const TEAM_SQL = `
CREATE TABLE users (
  name text COLLATE "C" PRIMARY KEY CHECK (name = lower(name) AND length(name) BETWEEN 1 AND 64),
  roles text COLLATE "C" NOT NULL CHECK (json_array_length(roles::json) > 0),
  password_hash text COLLATE "C",
  oidc text COLLATE "C" UNIQUE CHECK (oidc <> ''),
  added_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  CHECK (password_hash IS NOT NULL OR oidc IS NOT NULL)
);

-- Who is removed is out at once.
CREATE TABLE sessions (
  fingerprint text COLLATE "C" PRIMARY KEY,
  user_name text COLLATE "C" NOT NULL REFERENCES users (name) ON DELETE CASCADE,
  begun_at bigint NOT NULL,
  seen_at bigint NOT NULL,
  ends_at bigint NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_name);
`;
